// The shell's script: theme, menu, dialogs, copy, focus. It works before the circuit is live and knows no feature.
const root = document.documentElement;
const find = (selector, from = document) => from.querySelector(selector);

// Theme: the cookie tells the server before the first paint, the circuit tells Mud.
let themeListener = null;
const isDark = () => root.dataset.theme === 'dark';
function turnTheme() {
  const theme = isDark() ? 'light' : 'dark';
  root.dataset.theme = theme;
  document.cookie = `theme=${theme};path=/;max-age=31536000;samesite=lax`;
  themeListener?.invokeMethodAsync('ThemeTurned', theme === 'dark');
}

function openMenu(open) {
  const rail = find('#rail');
  rail.classList.toggle('open', open);
  find('#menu').setAttribute('aria-expanded', String(open));
  if (open) find('a', rail).focus();
}

let sayTimer = 0;
function say(words) {
  let toast = find('#said');
  if (!toast) {
    toast = Object.assign(document.createElement('p'), { id: 'said', className: 'toast', role: 'status' });
  }
  // Beside an open dialog the page is out of reach of a screen reader, and under its scrim.
  (find('dialog:modal') ?? document.body).append(toast);
  toast.textContent = words;
  toast.classList.add('on');
  clearTimeout(sayTimer);
  sayTimer = setTimeout(() => toast.classList.remove('on'), 2400);
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    say(`Copied ${button.dataset.what ?? 'text'}`);
  } catch {
    say('The browser did not allow copying; select the text instead');
  }
}

async function signOut() {
  await fetch('/api/sign-in/out', { method: 'POST' });
  location.assign('/');
}

document.addEventListener('click', event => {
  const target = event.target.closest('button, a');
  if (!target) {
    if (find('#rail.open') && event.target.closest('main')) openMenu(false);
    return;
  }
  if (target.id === 'theme') turnTheme();
  else if (target.id === 'menu') openMenu(!find('#rail').classList.contains('open'));
  else if (target.dataset.copy !== undefined) copy(target);
  else if (target.dataset.open) find('#' + target.dataset.open)?.showModal();
  else if (target.dataset.close !== undefined) target.closest('dialog')?.close();
  else if (target.dataset.signOut !== undefined) signOut();
  else if (target.closest('#rail.open') && target.href) openMenu(false);
});

document.addEventListener('keydown', event => {
  // Enter sends a question, with Shift it begins a line; while an input method composes it is the method's.
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.target.dataset?.enterSends !== undefined) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
  if (event.key === 'Escape' && find('#rail.open')) {
    openMenu(false);
    find('#menu').focus();
  }
  if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest('input, textarea, select, [contenteditable]') && !find('dialog[open]')) {
    event.preventDefault();
    find('#find')?.showModal();
  }
});

// Reconnecting: Blazor names the state, https://learn.microsoft.com/aspnet/core/blazor/fundamentals/signalr
const modal = find('#components-reconnect-modal');
async function retry() {
  try {
    if (!(await Blazor.reconnect()) && !(await Blazor.resumeCircuit())) location.reload();
    else modal.close();
  } catch {
    document.addEventListener('visibilitychange', retryWhenSeen);
  }
}
function retryWhenSeen() {
  if (document.visibilityState !== 'visible') return;
  document.removeEventListener('visibilitychange', retryWhenSeen);
  retry();
}
modal?.addEventListener('components-reconnect-state-changed', event => {
  const { state } = event.detail;
  if (state === 'show' && !modal.open) modal.showModal();
  else if (state === 'hide') modal.close();
  else if (state === 'failed') document.addEventListener('visibilitychange', retryWhenSeen);
  else if (state === 'rejected') location.reload();
});
find('#components-reconnect-button')?.addEventListener('click', retry);
find('#components-resume-button')?.addEventListener('click', async () => {
  if (await Blazor.resumeCircuit()) modal.close();
  else location.reload();
});
find('#components-reload-button')?.addEventListener('click', () => location.reload());

// What the circuit may call.
window.studio = {
  watchTheme(listener) {
    themeListener = listener;
    listener.invokeMethodAsync('ThemeTurned', isDark());
  },
  forgetTheme() {
    themeListener = null;
  },
  show(dialog, open) {
    if (open && !dialog.open) dialog.showModal();
    else if (!open) dialog.close();
  },
  scrollToEnd(element) {
    element?.scrollTo({ top: element.scrollHeight });
  },
};
