// Signs and sends what a person agreed to. `call` is { to, data, value }: hex texts, value in wei.
import { toHex } from 'viem/utils';
import { Refused } from './refusal.js';

const TIP = 1_000_000n; // wei a gas: the development chain takes any
const CHAIN_UNKNOWN = 4902; // EIP-3085

/** Through the person's own wallet, which shows it and pays its fee. */
export async function sendFromBrowser(provider, from, chain, { to, data, value }) {
  await useChain(provider, chain);
  return provider.request({ method: 'eth_sendTransaction', params: [{ from, to, data, value }] });
}

/** With the practice key, through the Studio's own gateway. */
export async function sendFromPractice(account, chain, { to, data, value }) {
  if (!account) throw new Refused('There is no practice wallet in this browser. Sign in again.');
  const from = account.address;
  const [nonce, block, gas] = await Promise.all([
    rpc(chain, 'eth_getTransactionCount', [from, 'pending']),
    rpc(chain, 'eth_getBlockByNumber', ['latest', false]),
    rpc(chain, 'eth_estimateGas', [{ from, to, data, value }]),
  ]);
  const raw = await account.signTransaction({
    type: 'eip1559',
    chainId: chain.id,
    nonce: Number(nonce),
    to,
    data,
    value: BigInt(value),
    gas: (BigInt(gas) * 12n) / 10n,
    maxPriorityFeePerGas: TIP,
    maxFeePerGas: BigInt(block.baseFeePerGas ?? 0) * 2n + TIP,
  });
  return rpc(chain, 'eth_sendRawTransaction', [raw]);
}

async function useChain(provider, chain) {
  const chainId = toHex(chain.id);
  try {
    await provider.request({ method: 'wallet_switchEthereumChain', params: [{ chainId }] });
  } catch (error) {
    if (error?.code !== CHAIN_UNKNOWN) throw error;
    const rpcUrls = [new URL(chain.rpc, location.origin).href];
    await provider.request({ method: 'wallet_addEthereumChain', params: [{ chainId, chainName: chain.name, nativeCurrency: { name: 'OPEN', symbol: 'OPEN', decimals: 18 }, rpcUrls }] });
  }
}

let asked = 0;
async function rpc(chain, method, params) {
  const response = await fetch(chain.rpc, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ jsonrpc: '2.0', id: ++asked, method, params }) });
  const reply = await response.json().catch(() => null);
  if (reply?.error) throw new Refused(`The chain refused it: ${reply.error.message}`);
  if (!response.ok || reply === null) throw new Refused(`The chain did not answer (${response.status}). Nothing was sent.`);
  return reply.result;
}
