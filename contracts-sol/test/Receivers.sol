// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RewardDistributor} from "../src/RewardDistributor.sol";

/// @notice Will not take money.
contract Refuser {
    receive() external payable {
        revert("no, thank you");
    }
}

/// @notice Claims again while it is being paid.
contract Reentrant {
    RewardDistributor private immutable _distributor;
    uint256 private _cumulative;
    bytes32[] private _proof;
    bool public tried;
    bytes4 public keptOutBy;

    constructor(RewardDistributor distributor) {
        _distributor = distributor;
    }

    function arm(uint256 cumulative, bytes32[] calldata proof) external {
        _cumulative = cumulative;
        _proof = proof;
    }

    receive() external payable {
        if (tried) return;
        tried = true;
        try _distributor.claim(address(this), _cumulative, _proof) {}
        catch (bytes memory reason) {
            keptOutBy = bytes4(reason);
        }
    }
}
