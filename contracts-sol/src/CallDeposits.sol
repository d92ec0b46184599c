// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RewardDistributor} from "./RewardDistributor.sol";
import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";

/// @title Prepaid balances for calls, in native OPEN
/// @notice Takes deposits for an account and hands what calls have spent to the distributor, nowhere else.
/// Knows nothing of calls: the node keeps each account's spending and signs it.
contract CallDeposits is AccessControl {
    bytes32 public constant RELEASER_ROLE = keccak256("RELEASER_ROLE");

    event Deposited(address indexed account, address indexed payer, uint256 amount, uint256 depositedByAccount);
    event Released(uint256 amount, uint256 released);

    error NothingDeposited(address account);
    error NoAccount();
    error ReleaseNotAhead(uint256 released, uint256 given);
    error ReleaseBeyondDeposits(uint256 deposited, uint256 given);

    RewardDistributor public immutable distributor;
    uint256 public deposited; // ever
    uint256 public released; // ever
    mapping(address account => uint256) public depositedBy;

    constructor(address admin, address releaser, RewardDistributor distributor_) {
        distributor = distributor_;
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _grantRole(RELEASER_ROLE, releaser);
    }

    function deposit(address account) external payable {
        if (account == address(0)) revert NoAccount();
        if (msg.value == 0) revert NothingDeposited(account);
        deposited += msg.value;
        depositedBy[account] += msg.value;
        emit Deposited(account, msg.sender, msg.value, depositedBy[account]);
    }

    /// @param cumulative All that was ever spent, this release included: sent twice, it pays once.
    function release(uint256 cumulative) external onlyRole(RELEASER_ROLE) {
        if (cumulative <= released) revert ReleaseNotAhead(released, cumulative);
        if (cumulative > deposited) revert ReleaseBeyondDeposits(deposited, cumulative);
        uint256 amount = cumulative - released;
        released = cumulative;
        emit Released(amount, cumulative);
        distributor.fund{value: amount}();
    }
}
