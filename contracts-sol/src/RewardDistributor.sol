// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

/// @title Pays what attribution earned, in native OPEN, by cumulative Merkle claims
/// @notice A root holds, for each account, all it has ever earned; a claim pays the part not yet paid. A root takes
/// effect after a delay, in which it can be withdrawn, and never promises more than was funded.
/// @dev Leaves are those of OpenZeppelin's StandardMerkleTree over (address, uint256). Knows nothing of why.
contract RewardDistributor is AccessControl, Pausable, ReentrancyGuardTransient {
    bytes32 public constant ROOT_ROLE = keccak256("ROOT_ROLE");
    bytes32 public constant GUARDIAN_ROLE = keccak256("GUARDIAN_ROLE");

    struct Root {
        bytes32 root;
        bytes32 batch; // hash of the payout batch's record
        uint256 total; // sum of the cumulative amounts of all leaves, in wei
        uint64 number;
        uint64 activatesAt; // block time, in seconds
    }

    event Funded(address indexed from, uint256 amount, uint256 funded);
    event RootProposed(
        uint64 indexed number, bytes32 indexed root, bytes32 indexed batch, uint256 total, uint64 activatesAt
    );
    event RootWithdrawn(uint64 indexed number, bytes32 indexed root);
    event Claimed(address indexed account, uint256 amount, uint256 cumulative, uint64 indexed number);

    error RootNotNext(uint64 expected, uint64 given);
    error EmptyRoot(uint64 number);
    error TotalShrinks(uint256 committed, uint256 given);
    error TotalBeyondFunding(uint256 funded, uint256 given);
    error NothingPending();
    error NoActiveRoot();
    error ProofInvalid(address account, uint256 cumulative, bytes32 root);
    error NothingToClaim(address account, uint256 claimed, uint256 cumulative);
    error PaidBeyondTotal(uint256 total, uint256 paid);
    error PaymentFailed(address account, uint256 amount);

    uint64 public immutable activationDelay; // in seconds
    uint64 public proposals; // roots ever proposed
    uint256 public funded; // ever
    uint256 public paid; // ever
    mapping(address account => uint256) public claimed;
    Root private _active;
    Root private _pending;

    constructor(address admin, address operator, uint64 activationDelay_) {
        activationDelay = activationDelay_;
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _grantRole(GUARDIAN_ROLE, admin);
        _grantRole(ROOT_ROLE, operator);
    }

    receive() external payable {
        _fund();
    }

    function fund() external payable {
        _fund();
    }

    /// @notice Puts the next root up; one that is still waiting is replaced, for cumulative totals lose nothing by it.
    function propose(uint64 number, bytes32 root, uint256 total, bytes32 batch) external onlyRole(ROOT_ROLE) {
        _activate();
        if (number != proposals + 1) revert RootNotNext(proposals + 1, number);
        if (root == 0) revert EmptyRoot(number);
        if (total < _active.total) revert TotalShrinks(_active.total, total);
        if (total > funded) revert TotalBeyondFunding(funded, total);
        proposals = number;
        uint64 activatesAt = uint64(block.timestamp) + activationDelay;
        _pending = Root(root, batch, total, number, activatesAt);
        emit RootProposed(number, root, batch, total, activatesAt);
    }

    /// @notice Takes back a root that has not come into effect.
    function withdraw() external onlyRole(GUARDIAN_ROLE) {
        _activate();
        if (_pending.root == 0) revert NothingPending();
        emit RootWithdrawn(_pending.number, _pending.root);
        delete _pending;
    }

    /// @notice Pays `account` what it has not been paid of `cumulative`. Anyone may send it: the money goes to the account.
    function claim(address account, uint256 cumulative, bytes32[] calldata proof) external nonReentrant whenNotPaused {
        _activate();
        Root memory active = _active;
        if (active.root == 0) revert NoActiveRoot();
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(account, cumulative))));
        if (!MerkleProof.verifyCalldata(proof, active.root, leaf)) {
            revert ProofInvalid(account, cumulative, active.root);
        }
        uint256 before = claimed[account];
        if (cumulative <= before) revert NothingToClaim(account, before, cumulative);
        uint256 amount = cumulative - before;
        claimed[account] = cumulative;
        paid += amount;
        if (paid > active.total) revert PaidBeyondTotal(active.total, paid); // a root whose leaves exceed its total
        emit Claimed(account, amount, cumulative, active.number);
        (bool sent,) = account.call{value: amount}("");
        if (!sent) revert PaymentFailed(account, amount);
    }

    function pause() external onlyRole(GUARDIAN_ROLE) {
        _pause();
    }

    function unpause() external onlyRole(GUARDIAN_ROLE) {
        _unpause();
    }

    /// @notice The root that a claim in the next block would be held against.
    function activeRoot() external view returns (Root memory) {
        return _isDue() ? _pending : _active;
    }

    /// @notice The root that still waits; all zero if none does.
    function pendingRoot() external view returns (Root memory root) {
        if (!_isDue()) root = _pending;
    }

    function _fund() private {
        funded += msg.value;
        emit Funded(msg.sender, msg.value, funded);
    }

    function _activate() private {
        if (!_isDue()) return;
        _active = _pending;
        delete _pending;
    }

    function _isDue() private view returns (bool) {
        return _pending.root != 0 && block.timestamp >= _pending.activatesAt;
    }
}
