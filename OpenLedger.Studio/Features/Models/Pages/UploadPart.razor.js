// Sends the files of a model one after the other as plain requests, because only a request can say how far it is. Which of them, the page says.
const running = new WeakMap();

export function attach(root, page, token) {
  const input = root.querySelector('input[type=file]');
  if (!input) return;
  input.addEventListener('change', async () => {
    const files = [...input.files];
    input.value = '';
    if (files.length === 0) return;
    const plan = await page.invokeMethodAsync('Chosen', files.map((file) => ({ name: file.name, size: file.size })));
    if (plan) await sendAll(root, page, token, plan, files);
  });
}

export function cancel(root) {
  const request = running.get(root);
  running.delete(root);
  request?.abort();
}

async function sendAll(root, page, token, plan, files) {
  let sent = 0;
  for (const name of plan.files) {
    const file = files.find((one) => one.name === name);
    const why = await send(root, page, token, `/api/models/arrivals/${plan.arrival}`, file, sent);
    if (why === undefined) return; // given up on this side
    if (why !== null) return page.invokeMethodAsync('Done', why);
    sent += file.size;
  }
  running.delete(root);
  await page.invokeMethodAsync('Done', null);
}

function send(root, page, token, url, file, before) {
  return new Promise((done) => {
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
      page.invokeMethodAsync('Progress', file.name, before + sent);
    };
    request.upload.onprogress = (event) => tell(Math.min(event.loaded, file.size));
    request.onload = () => done(request.status === 200 ? null : whyNot(request));
    request.onerror = () => done('The connection was cut. Choose the files again.');
    request.onabort = () => done(undefined);
    tell(0);
    request.send(file);
  });
}

function whyNot(request) {
  if (request.response?.why) return request.response.why;
  if (request.status === 401) return 'Your sign-in has ended. Sign in again, then choose the files.';
  if (request.status === 413) return 'The file is too large: 50 GB are the most.';
  return `The file was not taken (${request.status}). Choose the files again.`;
}
