// Sends the file of rows that was chosen. Knows no rows.
import { cancel, send } from '../../../Components/DropArea.razor.js';

export { cancel };

const words = { again: 'Choose the file again.', largest: '100 MB' };

export function attach(root, page, url, token) {
  const input = root.querySelector('input[type=file]');
  if (!input) return;
  input.addEventListener('change', async () => {
    const file = input.files[0];
    input.value = '';
    if (!file) return;
    const why = await send(root, url, token, file, words, (sent) => page.invokeMethodAsync('Progress', file.name, sent, file.size));
    if (why !== undefined) await page.invokeMethodAsync('Done', why);
  });
}
