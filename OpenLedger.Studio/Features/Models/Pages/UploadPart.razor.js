// Sends the files of a model one after the other. Which of them, the page says.
import { cancel, send } from '../../../Components/DropArea.razor.js';

export { cancel };

const words = { again: 'Choose the files again.', largest: '50 GB' };

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

async function sendAll(root, page, token, plan, files) {
  let before = 0;
  for (const name of plan.files) {
    const file = files.find((one) => one.name === name);
    const why = await send(root, `/api/models/arrivals/${plan.arrival}`, token, file, words, (sent) => page.invokeMethodAsync('Progress', name, before + sent));
    if (why === undefined) return;
    if (why !== null) return page.invokeMethodAsync('Done', why);
    before += file.size;
  }
  await page.invokeMethodAsync('Done', null);
}
