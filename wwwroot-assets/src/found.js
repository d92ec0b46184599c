// Finds the wallets of this browser: EIP-6963, and window.ethereum where nothing announces itself.
const found = new Map();

window.addEventListener('eip6963:announceProvider', ({ detail }) => found.set(detail.info.uuid, detail));
window.dispatchEvent(new Event('eip6963:requestProvider'));

/** [{ id, name, icon }]; icons only where they are data: URIs, so that nothing is fetched. */
export function foundWallets() {
  window.dispatchEvent(new Event('eip6963:requestProvider'));
  const announced = [...found.values()].map(({ info }) => ({ id: info.uuid, name: info.name, icon: info.icon?.startsWith('data:image/') ? info.icon : null }));
  return announced.length > 0 || !window.ethereum ? announced : [{ id: 'injected', name: 'Browser wallet', icon: null }];
}

export const providerOf = id => found.get(id)?.provider ?? window.ethereum ?? null;
