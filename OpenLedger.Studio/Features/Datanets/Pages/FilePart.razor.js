// Sends a chosen or dropped file as a plain request, because only a request can say how far it is. Knows no rows.
const running = new WeakMap();

export function attach(root, page, url, token) {
  const input = root.querySelector('input[type=file]');
  if (!input) return;
  input.addEventListener('change', () => {
    const file = input.files[0];
    if (file) send(root, page, url, token, file);
    input.value = '';
  });
}

export function cancel(root) {
  running.get(root)?.abort();
}

function send(root, page, url, token, file) {
  const request = new XMLHttpRequest();
  running.set(root, request);
  request.open('POST', url);
  request.responseType = 'json';
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.setRequestHeader('X-File-Name', encodeURIComponent(file.name));
  if (token) request.setRequestHeader('RequestVerificationToken', token);
  let told = 0;
  const tell = (sent) => {
    const now = performance.now();
    if (sent < file.size && now - told < 250) return;
    told = now;
    page.invokeMethodAsync('Progress', file.name, sent, file.size);
  };
  request.upload.onprogress = (event) => tell(Math.min(event.loaded, file.size));
  request.onload = () => page.invokeMethodAsync('Done', request.status === 200 ? null : whyNot(request));
  request.onerror = () => page.invokeMethodAsync('Done', 'The connection was cut. Choose the file again.');
  tell(0);
  request.send(file);
}

function whyNot(request) {
  if (request.response?.why) return request.response.why;
  if (request.status === 401) return 'Your sign-in has ended. Sign in again, then choose the file.';
  if (request.status === 413) return 'The file is too large: 100 MB are the most.';
  return `The file was not taken (${request.status}). Choose it again.`;
}
