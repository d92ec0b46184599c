// Sends a chosen or dropped file as a plain request, because only a request can say how far it is. Knows neither the page nor what is in the file.
const running = new WeakMap();

// Resolves to null once it was taken, to a sentence where it was not, to undefined where it was given up on this side.
export function send(owner, url, token, file, words, tell) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    running.set(owner, request);
    request.open('POST', url);
    request.responseType = 'json';
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('X-File-Name', encodeURIComponent(file.name));
    if (token) request.setRequestHeader('RequestVerificationToken', token);
    let told = 0;
    const tellSometimes = (sent) => {
      const now = performance.now();
      if (sent < file.size && now - told < 250) return;
      told = now;
      tell(sent);
    };
    request.upload.onprogress = (event) => tellSometimes(Math.min(event.loaded, file.size));
    request.onload = () => done(request.status === 200 ? null : whyNot(request, words));
    request.onerror = () => done(`The connection was cut. ${words.again}`);
    request.onabort = () => done(undefined);
    tellSometimes(0);
    request.send(file);
  });
}

export function cancel(owner) {
  running.get(owner)?.abort();
  running.delete(owner);
}

function whyNot(request, words) {
  if (request.response?.why) return request.response.why;
  if (request.status === 401) return `Your sign-in has ended. Sign in again. ${words.again}`;
  if (request.status === 413) return `The file is too large: ${words.largest} are the most.`;
  return `The file was not taken (${request.status}). ${words.again}`;
}
