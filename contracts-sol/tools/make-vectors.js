#!/usr/bin/env node
// Writes the numbers that the C# client is held to, by tools that are not ours: cast (Foundry) and @openzeppelin/merkle-tree.
// Run 'npm ci --ignore-scripts' first, then: node tools/make-vectors.js ../tests/fixtures/contracts
'use strict';
const { execFileSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const { StandardMerkleTree } = require('@openzeppelin/merkle-tree');

const target = process.argv[2];
const cast = path.join(__dirname, '..', 'node_modules', '@foundry-rs', `cast-${process.platform}-${process.arch === 'arm64' ? 'arm64' : 'amd64'}`, 'bin', 'cast');
const run = (...args) => execFileSync(cast, args, { encoding: 'utf8' }).trim();
const keccak = text => run('keccak', text);
const write = (name, value) => fs.writeFileSync(path.join(target, name), JSON.stringify(value, null, 2) + '\n');

// A key that the world knows (keccak of a sentence), worth nothing anywhere.
const key = keccak('OpenLedger Studio test vectors');
const sender = run('wallet', 'address', '--private-key', key);
const to = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const mktx = (name, ...args) => {
  const raw = run('mktx', '--private-key', key, '--chain', '161201', ...args);
  return { name, raw, hash: run('keccak', raw), decoded: JSON.parse(JSON.parse(run('decode-transaction', raw))) };
};
const fees = ['--gas-price', '3gwei', '--priority-gas-price', '1gwei'];
const list = JSON.stringify([{ address: to, storageKeys: [keccak('a'), keccak('b')] }, { address: sender, storageKeys: [] }]);
write('raw-transactions.json', {
  madeBy: run('--version').split('\n')[0], key, sender,
  transactions: [
    mktx('transfer, nonce 0', to, '--value', '1234567890123456789', '--nonce', '0', '--gas-limit', '21000', ...fees),
    mktx('call', to, 'claim(address,uint256,bytes32[])', to, '5', `[${keccak('p')},${keccak('q')}]`, '--nonce', '7', '--gas-limit', '90000', ...fees),
    mktx('large nonce', to, '--nonce', '4294967296', '--gas-limit', '21000', ...fees),
    mktx('access list', to, '--nonce', '1', '--gas-limit', '60000', '--access-list', list, ...fees),
    mktx('long calldata', to, 'f(bytes)', '0x' + 'ab'.repeat(3000), '--nonce', '2', '--gas-limit', '900000', ...fees),
    mktx('legacy', to, '--value', '1', '--nonce', '3', '--gas-limit', '21000', '--legacy', '--gas-price', '3gwei'),
    mktx('legacy, nothing sent', to, '--nonce', '0', '--gas-limit', '21000', '--legacy', '--gas-price', '3gwei'),
    mktx('creation', '--nonce', '4', '--gas-limit', '100000', ...fees, '--create', '0x6001600155'),
  ],
});

const word = keccak;
const call = (name, signature, ...args) => ({ name, data: run('calldata', signature, ...args) });
write('calldata.json', [
  call('RegisterDatanetVersion', 'register(bytes32,uint32,bytes32,bytes32,uint64,address)', word('datanet'), '3', word('root'), word('licence'), '299', to),
  call('RegisterModel', 'register(bytes32,bytes32,bytes32,bytes32,bytes32[],address)', word('model'), word('manifest'), word('weights'), word('base'), `[${word('d1')},${word('d2')}]`, to),
  call('PostAttributionBatch', 'post(uint64,bytes32,bytes,uint64,uint256)', '9', word('root'), '0x00010203', '17', '123456789012345678901234567890'),
  call('ReleaseDeposits', 'release(uint256)', '340282366920938463463374607431768211456'),
  call('SetPayoutRoot', 'propose(uint64,bytes32,uint256,bytes32)', '5', word('root'), '1000000000000000000', word('batch')),
  call('Claim', 'claim(address,uint256,bytes32[])', to, '77', `[${word('p')},${word('q')},${word('r')}]`),
  call('Deposit', 'deposit(address)', to),
]);

// Trees of many sizes: full, lopsided, one leaf, amounts from 0 to 2^256 - 1.
const address = i => '0x' + keccak(`account ${i}`).slice(-40);
const amount = i => i === 0 ? 0n : i === 1 ? 2n ** 256n - 1n : BigInt(keccak(`amount ${i}`)) >> BigInt((i * 37) % 250);
write('payout-trees.json', [1, 2, 3, 4, 5, 7, 8, 9, 16, 33, 100].map(size => {
  const leaves = Array.from({ length: size }, (_, i) => [address(i), amount(i).toString()]);
  const tree = StandardMerkleTree.of(leaves, ['address', 'uint256']);
  return { root: tree.root, leaves: leaves.map((leaf, i) => ({ account: leaf[0], cumulative: leaf[1], proof: tree.getProof(i) })) };
}));
