// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CallDeposits} from "../src/CallDeposits.sol";
import {RewardDistributor} from "../src/RewardDistributor.sol";
import {PayoutTrees} from "./PayoutTrees.sol";
import {Reentrant, Refuser} from "./Receivers.sol";
import {TestBase} from "./TestBase.sol";
import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// @notice Deposits, roots and claims, one rule a test.
contract RewardDistributorTest is TestBase {
    address private constant ADMIN = address(0xA11CE);
    address private constant OPERATOR = address(0x0BE7A);
    address private constant ALICE = address(0x1111);
    address private constant BOB = address(0x2222);
    uint64 private constant DELAY = 100;

    RewardDistributor private _distributor;
    CallDeposits private _deposits;

    function setUp() public {
        vm.warp(1_700_000_000);
        _distributor = new RewardDistributor(ADMIN, OPERATOR, DELAY);
        _deposits = new CallDeposits(ADMIN, OPERATOR, _distributor);
        vm.deal(address(this), type(uint128).max);
    }

    function testFuzz_a_claim_pays_what_is_new(uint96 first, uint96 second) public {
        first = uint96(bound(first, 1, type(uint96).max - 1));
        second = uint96(bound(second, uint256(first) + 1, type(uint96).max));
        _distributor.fund{value: uint256(second) + 7}();
        _activate(1, _leaves(first, 7), uint256(first) + 7);
        _distributor.claim(ALICE, first, PayoutTrees.proofOf(_leaves(first, 7), 0));
        vm.assertEq(ALICE.balance, first, "first claim");
        _activate(2, _leaves(second, 7), uint256(second) + 7);
        _distributor.claim(ALICE, second, PayoutTrees.proofOf(_leaves(second, 7), 0));
        vm.assertEq(ALICE.balance, second, "second claim pays the difference");
        vm.assertEq(_distributor.paid(), second, "paid");
        vm.assertEq(_distributor.claimed(ALICE), second, "claimed");
    }

    function testFuzz_no_amount_is_claimed_twice(uint96 amount) public {
        amount = uint96(bound(amount, 1, type(uint96).max));
        _distributor.fund{value: amount}();
        bytes32[] memory leaves = _leaves(amount, 0);
        _activate(1, leaves, amount);
        bytes32[] memory proof = PayoutTrees.proofOf(leaves, 0);
        _distributor.claim(ALICE, amount, proof);
        vm.expectRevert(
            abi.encodeWithSelector(RewardDistributor.NothingToClaim.selector, ALICE, uint256(amount), uint256(amount))
        );
        _distributor.claim(ALICE, amount, proof);
    }

    function testFuzz_no_other_amount_or_account_is_proved(uint96 amount, uint256 other, address stranger) public {
        vm.assume(stranger != ALICE && stranger != BOB && other != amount);
        _distributor.fund{value: amount}();
        bytes32[] memory leaves = _leaves(amount, 0);
        _activate(1, leaves, amount);
        bytes32[] memory proof = PayoutTrees.proofOf(leaves, 0);
        bytes32 root = PayoutTrees.rootOf(leaves);
        vm.expectRevert(abi.encodeWithSelector(RewardDistributor.ProofInvalid.selector, ALICE, other, root));
        _distributor.claim(ALICE, other, proof);
        vm.expectRevert(
            abi.encodeWithSelector(RewardDistributor.ProofInvalid.selector, stranger, uint256(amount), root)
        );
        _distributor.claim(stranger, amount, proof);
    }

    function test_an_inner_node_is_no_leaf() public {
        _distributor.fund{value: 100}();
        bytes32[] memory leaves = _leaves(60, 40);
        _activate(1, leaves, 100);
        // 64 bytes that would hash to the root if leaves were hashed once: (leaf 0, leaf 1) read as (account, amount).
        vm.expectRevert(
            abi.encodeWithSelector(
                RewardDistributor.ProofInvalid.selector,
                address(uint160(uint256(leaves[0]))),
                uint256(leaves[1]),
                PayoutTrees.rootOf(leaves)
            )
        );
        _distributor.claim(address(uint160(uint256(leaves[0]))), uint256(leaves[1]), new bytes32[](0));
    }

    function testFuzz_a_root_never_promises_more_than_was_funded(uint96 funding, uint256 total) public {
        total = bound(total, uint256(funding) + 1, type(uint256).max);
        _distributor.fund{value: funding}();
        vm.expectRevert(abi.encodeWithSelector(RewardDistributor.TotalBeyondFunding.selector, uint256(funding), total));
        vm.prank(OPERATOR);
        _distributor.propose(1, "root", total, "batch");
    }

    function test_leaves_beyond_the_total_are_not_paid() public {
        _distributor.fund{value: 1000}();
        bytes32[] memory leaves = _leaves(600, 600);
        _activate(1, leaves, 1000);
        _distributor.claim(ALICE, 600, PayoutTrees.proofOf(leaves, 0));
        bytes32[] memory proof = PayoutTrees.proofOf(leaves, 1);
        vm.expectRevert(abi.encodeWithSelector(RewardDistributor.PaidBeyondTotal.selector, 1000, 1200));
        _distributor.claim(BOB, 600, proof);
    }

    function test_totals_never_shrink() public {
        _distributor.fund{value: 100}();
        _activate(1, _leaves(60, 40), 100);
        vm.expectRevert(abi.encodeWithSelector(RewardDistributor.TotalShrinks.selector, 100, 99));
        vm.prank(OPERATOR);
        _distributor.propose(2, "root", 99, "batch");
    }

    function test_a_root_waits_for_its_time() public {
        _distributor.fund{value: 100}();
        bytes32[] memory leaves = _leaves(60, 40);
        bytes32[] memory proof = PayoutTrees.proofOf(leaves, 0);
        vm.prank(OPERATOR);
        _distributor.propose(1, PayoutTrees.rootOf(leaves), 100, "batch");
        vm.warp(block.timestamp + DELAY - 1);
        vm.assertEq(_distributor.pendingRoot().number, 1, "pending");
        vm.expectRevert(abi.encodeWithSelector(RewardDistributor.NoActiveRoot.selector));
        _distributor.claim(ALICE, 60, proof);
        vm.warp(block.timestamp + 1);
        vm.assertEq(_distributor.activeRoot().number, 1, "active");
        vm.assertEq(_distributor.pendingRoot().number, 0, "nothing pending");
        _distributor.claim(ALICE, 60, proof);
        vm.assertEq(ALICE.balance, 60, "paid");
    }

    function test_the_guardian_withdraws_a_waiting_root_and_no_other() public {
        _distributor.fund{value: 100}();
        _activate(1, _leaves(10, 0), 10);
        vm.prank(OPERATOR);
        _distributor.propose(2, "bad", 100, "batch");
        vm.prank(ADMIN);
        _distributor.withdraw();
        vm.warp(block.timestamp + DELAY);
        vm.assertEq(_distributor.activeRoot().number, 1, "the old root stands");
        vm.expectRevert(abi.encodeWithSelector(RewardDistributor.NothingPending.selector));
        vm.prank(ADMIN);
        _distributor.withdraw();
        _activate(3, _leaves(20, 0), 20);
        vm.assertEq(_distributor.activeRoot().number, 3, "the next one counts on");
    }

    function test_a_root_sent_twice_counts_once() public {
        _distributor.fund{value: 100}();
        _activate(1, _leaves(60, 40), 100);
        vm.expectRevert(abi.encodeWithSelector(RewardDistributor.RootNotNext.selector, uint64(2), uint64(1)));
        vm.prank(OPERATOR);
        _distributor.propose(1, "root", 100, "batch");
    }

    function test_a_receiver_that_reverts_keeps_its_claim() public {
        Refuser refuser = new Refuser();
        _distributor.fund{value: 100}();
        bytes32[] memory leaves = new bytes32[](2);
        leaves[0] = PayoutTrees.leafOf(address(refuser), 60);
        leaves[1] = PayoutTrees.leafOf(BOB, 40);
        _activate(1, leaves, 100);
        bytes32[] memory proof = PayoutTrees.proofOf(leaves, 0);
        vm.expectRevert(abi.encodeWithSelector(RewardDistributor.PaymentFailed.selector, address(refuser), 60));
        _distributor.claim(address(refuser), 60, proof);
        vm.assertEq(_distributor.claimed(address(refuser)), 0, "still owed");
        _distributor.claim(BOB, 40, PayoutTrees.proofOf(leaves, 1));
        vm.assertEq(BOB.balance, 40, "others are not held up");
    }

    function test_a_receiver_cannot_come_in_again() public {
        Reentrant thief = new Reentrant(_distributor);
        _distributor.fund{value: 100}();
        bytes32[] memory leaves = new bytes32[](2);
        leaves[0] = PayoutTrees.leafOf(address(thief), 60);
        leaves[1] = PayoutTrees.leafOf(BOB, 40);
        _activate(1, leaves, 100);
        bytes32[] memory proof = PayoutTrees.proofOf(leaves, 0);
        thief.arm(60, proof);
        _distributor.claim(address(thief), 60, proof);
        vm.assertTrue(thief.tried(), "it tried");
        vm.assertEq(
            bytes32(thief.keptOutBy()),
            bytes32(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector),
            "the guard kept it out"
        );
        vm.assertEq(address(thief).balance, 60, "paid once");
    }

    function test_claims_stop_while_paused() public {
        _distributor.fund{value: 100}();
        bytes32[] memory leaves = _leaves(60, 40);
        bytes32[] memory proof = PayoutTrees.proofOf(leaves, 0);
        _activate(1, leaves, 100);
        vm.prank(ADMIN);
        _distributor.pause();
        vm.expectRevert(abi.encodeWithSelector(Pausable.EnforcedPause.selector));
        _distributor.claim(ALICE, 60, proof);
        vm.prank(ADMIN);
        _distributor.unpause();
        _distributor.claim(ALICE, 60, proof);
    }

    function testFuzz_strangers_have_no_say(address stranger) public {
        vm.assume(stranger != ADMIN && stranger != OPERATOR);
        _expectNoRole(stranger, _distributor.ROOT_ROLE());
        vm.prank(stranger);
        _distributor.propose(1, "root", 0, "batch");
        _expectNoRole(stranger, _distributor.GUARDIAN_ROLE());
        vm.prank(stranger);
        _distributor.withdraw();
        _expectNoRole(stranger, _distributor.GUARDIAN_ROLE());
        vm.prank(stranger);
        _distributor.pause();
        _expectNoRole(stranger, _deposits.RELEASER_ROLE());
        vm.prank(stranger);
        _deposits.release(1);
    }

    function testFuzz_a_deposit_is_credited_to_its_account(address account, uint96 first, uint96 second) public {
        vm.assume(account != address(0) && first != 0 && second != 0);
        _deposits.deposit{value: first}(account);
        _deposits.deposit{value: second}(account);
        vm.assertEq(_deposits.depositedBy(account), uint256(first) + second, "by account");
        vm.assertEq(_deposits.deposited(), uint256(first) + second, "in all");
    }

    function testFuzz_a_release_funds_the_distributor_once(uint96 amount, uint96 spent) public {
        amount = uint96(bound(amount, 1, type(uint96).max));
        spent = uint96(bound(spent, 1, amount));
        _deposits.deposit{value: amount}(ALICE);
        vm.prank(OPERATOR);
        _deposits.release(spent);
        vm.assertEq(_distributor.funded(), spent, "funded");
        vm.assertEq(address(_deposits).balance, amount - spent, "kept");
        vm.expectRevert(abi.encodeWithSelector(CallDeposits.ReleaseNotAhead.selector, uint256(spent), uint256(spent)));
        vm.prank(OPERATOR);
        _deposits.release(spent);
    }

    function testFuzz_no_more_is_released_than_was_deposited(uint96 amount, uint256 spent) public {
        amount = uint96(bound(amount, 1, type(uint96).max));
        spent = bound(spent, uint256(amount) + 1, type(uint256).max);
        _deposits.deposit{value: amount}(ALICE);
        vm.expectRevert(abi.encodeWithSelector(CallDeposits.ReleaseBeyondDeposits.selector, uint256(amount), spent));
        vm.prank(OPERATOR);
        _deposits.release(spent);
    }

    function test_nothing_is_no_deposit_and_nobody_no_account() public {
        vm.expectRevert(abi.encodeWithSelector(CallDeposits.NothingDeposited.selector, ALICE));
        _deposits.deposit(ALICE);
        vm.expectRevert(abi.encodeWithSelector(CallDeposits.NoAccount.selector));
        _deposits.deposit{value: 1}(address(0));
    }

    function _leaves(uint256 alice, uint256 bob) private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](2);
        leaves[0] = PayoutTrees.leafOf(ALICE, alice);
        leaves[1] = PayoutTrees.leafOf(BOB, bob);
    }

    function _activate(uint64 number, bytes32[] memory leaves, uint256 total) private {
        bytes32 root = PayoutTrees.rootOf(leaves);
        vm.prank(OPERATOR);
        _distributor.propose(number, root, total, "batch");
        vm.warp(block.timestamp + DELAY);
    }

    function _expectNoRole(address stranger, bytes32 role) private {
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, stranger, role)
        );
    }
}
