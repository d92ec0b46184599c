// A wallet extension as a page sees one: it announces itself (EIP-6963) and hands each wish (EIP-1193) to the test, which holds the keys.
(() => {
  const provider = {
    async request({ method, params }) {
      const { result, error } = JSON.parse(await window.askWallet(method, JSON.stringify(params ?? [])));
      if (error) throw Object.assign(new Error(error.message), { code: error.code });
      return result;
    },
    on() {},
    removeListener() {},
  };
  const info = { uuid: '7b3d2c1e-0a4f-4c58-9a61-5f2d6e8c9b10', name: 'Journey wallet', rdns: 'test.journey', icon: "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E" };
  const announce = () => window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail: Object.freeze({ info: Object.freeze(info), provider }) }));
  window.addEventListener('eip6963:requestProvider', announce);
  announce();
})();
