// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CallDeposits} from "../src/CallDeposits.sol";
import {RewardDistributor} from "../src/RewardDistributor.sol";
import {PayoutTrees} from "./PayoutTrees.sol";
import {TestBase} from "./TestBase.sol";

/// @notice Plays deposits, spending, roots, withdrawals, claims old and new, and time, in any order.
contract PayoutsHandler is TestBase {
    uint256 public constant ACCOUNTS = 5;

    struct Tree {
        bytes32[] leaves;
        uint256[ACCOUNTS] amounts;
    }

    RewardDistributor public immutable distributor;
    CallDeposits public immutable deposits;
    uint256[ACCOUNTS] public earned; // the node's books: cumulative, growing
    uint256 public owed; // sum of the books
    uint256 public spent;
    uint256 public deposited;
    Tree[] private _trees; // tree n-1 stands behind root n

    constructor() {
        distributor = new RewardDistributor(address(this), address(this), 50);
        deposits = new CallDeposits(address(this), address(this), distributor);
    }

    function accountOf(uint256 index) public pure returns (address) {
        return address(uint160(0xACC0000 + index));
    }

    function deposit(uint256 index, uint96 amount) external {
        amount = uint96(bound(amount, 1, type(uint96).max));
        vm.deal(address(this), amount);
        deposits.deposit{value: amount}(accountOf(bound(index, 0, ACCOUNTS - 1)));
        deposited += amount;
    }

    function spend(uint256 amount, uint256 index) external {
        if (deposited == spent) return;
        amount = bound(amount, 1, deposited - spent);
        spent += amount;
        deposits.release(spent);
        earned[bound(index, 0, ACCOUNTS - 1)] += amount;
        owed += amount;
    }

    function propose(bytes32 batch) external {
        Tree storage tree = _trees.push();
        tree.amounts = earned;
        for (uint256 i; i < ACCOUNTS; i++) {
            tree.leaves.push(PayoutTrees.leafOf(accountOf(i), earned[i]));
        }
        distributor.propose(uint64(_trees.length), PayoutTrees.rootOf(tree.leaves), owed, batch);
    }

    function overpropose(uint128 excess) external {
        uint256 total = distributor.funded() + bound(excess, 1, type(uint128).max);
        try distributor.propose(distributor.proposals() + 1, "greed", total, 0) {
            vm.assertTrue(false, "a root promised more than was funded");
        } catch {}
    }

    function withdraw() external {
        if (distributor.pendingRoot().root != 0) distributor.withdraw();
    }

    function wait(uint256 time) external {
        vm.warp(block.timestamp + bound(time, 1, 80));
    }

    /// @dev Any account with any tree that ever was: only the active one with something new may pay, and it pays exactly that.
    function claim(uint256 index, uint256 which) external {
        if (_trees.length == 0) return;
        index = bound(index, 0, ACCOUNTS - 1);
        Tree storage tree = _trees[bound(which, 0, _trees.length - 1)];
        address account = accountOf(index);
        uint256 before = account.balance;
        uint256 claimedBefore = distributor.claimed(account);
        uint256 amount = tree.amounts[index];
        try distributor.claim(account, amount, PayoutTrees.proofOf(tree.leaves, index)) {
            vm.assertEq(account.balance - before, amount - claimedBefore, "paid other than what was new");
            vm.assertTrue(amount > claimedBefore, "paid for nothing new");
        } catch {
            vm.assertEq(account.balance, before, "paid and reverted");
        }
    }

    function claimActive(uint256 index) external {
        uint64 number = distributor.activeRoot().number;
        if (number == 0) return;
        index = bound(index, 0, ACCOUNTS - 1);
        Tree storage tree = _trees[number - 1];
        if (tree.amounts[index] <= distributor.claimed(accountOf(index))) return;
        distributor.claim(accountOf(index), tree.amounts[index], PayoutTrees.proofOf(tree.leaves, index));
        vm.assertEq(accountOf(index).balance, tree.amounts[index], "an honest claim falls short");
    }
}

/// @notice Money is neither made nor lost, whatever the order of events.
contract PayoutsInvariantTest is TestBase {
    PayoutsHandler private _handler;
    RewardDistributor private _distributor;
    CallDeposits private _deposits;

    function setUp() public {
        vm.warp(1_700_000_000);
        _handler = new PayoutsHandler();
        _distributor = _handler.distributor();
        _deposits = _handler.deposits();
        _targets.push(address(_handler));
    }

    function invariant_nobody_is_overpaid() public view {
        for (uint256 i; i < _handler.ACCOUNTS(); i++) {
            address account = _handler.accountOf(i);
            vm.assertEq(account.balance, _distributor.claimed(account), "received is what is marked as claimed");
            vm.assertLe(_distributor.claimed(account), _handler.earned(i), "claimed is at most what was earned");
        }
    }

    function invariant_paid_is_within_promised_is_within_funded() public view {
        uint256 promised = _distributor.activeRoot().total;
        vm.assertLe(_distributor.paid(), promised, "paid <= promised");
        vm.assertLe(promised, _distributor.funded(), "promised <= funded");
        vm.assertEq(address(_distributor).balance, _distributor.funded() - _distributor.paid(), "balance");
    }

    function invariant_every_coin_is_somewhere() public view {
        uint256 received;
        for (uint256 i; i < _handler.ACCOUNTS(); i++) {
            received += _handler.accountOf(i).balance;
        }
        vm.assertEq(
            _deposits.deposited(), address(_deposits).balance + address(_distributor).balance + received, "conserved"
        );
        vm.assertEq(_deposits.released(), _distributor.funded(), "released is funded");
        vm.assertEq(_deposits.deposited(), _handler.deposited(), "deposits");
    }
}
