// Signs and sends what a person agreed to. A call is { from, to, data, value }: hex texts, value in wei.
import { toHex } from 'viem/utils';
import { Refused, USER_REJECTED } from './refusal.js';

const TIP = 1_000_000n; // wei a gas: the development chain takes any
const CHAIN_UNKNOWN = 4902; // EIP-3085

/** Through the person's own wallet, which shows it and pays its fee. */
export async function sendFromBrowser(provider, chain, { from, to, data, value }) {
  await useChain(provider, chain);
  return provider.request({ method: 'eth_sendTransaction', params: [{ from, to, data, value }] });
}

/** With the practice key, through the Studio's own gateway. */
export async function sendFromPractice(account, chain, { from, to, data, value }) {
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

// Wallets may say yes and stay where they are (EIP-3326 and EIP-3085 promise no more), and what is sent on another chain spends that chain's coins: so it is asked where they are.
async function useChain(provider, chain) {
  const chainId = toHex(chain.id);
  try {
    await changeTo(provider, chainId, chain);
  } catch (error) {
    if (error?.code === USER_REJECTED) throw new Refused(`The wallet was not let onto the ${chain.name}, where this coin lives. Nothing was sent.`);
    throw error;
  }
  if (BigInt(await provider.request({ method: 'eth_chainId' })) !== BigInt(chain.id)) throw new Refused(`The wallet is still on another chain. Choose the ${chain.name} in it and try again. Nothing was sent.`);
}

async function changeTo(provider, chainId, chain) {
  const change = () => provider.request({ method: 'wallet_switchEthereumChain', params: [{ chainId }] });
  try {
    await change();
  } catch (error) {
    if (error?.code !== CHAIN_UNKNOWN) throw error;
    const rpcUrls = [new URL(chain.rpc, location.origin).href];
    await provider.request({ method: 'wallet_addEthereumChain', params: [{ chainId, chainName: chain.name, nativeCurrency: { name: 'OPEN', symbol: 'OPEN', decimals: 18 }, rpcUrls }] });
    await change();
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
