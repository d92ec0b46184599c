// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";

/// @title Which rows a Datanet's version holds, as one Merkle root
/// @notice A version is written once and never changed; numbers run 1, 2, 3 without a gap. Knows nothing of the rows.
contract DatanetRegistry is AccessControl {
    bytes32 public constant PUBLISHER_ROLE = keccak256("PUBLISHER_ROLE");

    struct Version {
        bytes32 root; // RFC 6962 root over the rows' leaves, SHA-256
        bytes32 licence; // SHA-256 of the licence's text
        address provider; // the wallet that owns the Datanet
        uint64 rows;
        uint64 registeredAt; // block time, in seconds
    }

    event VersionRegistered(
        bytes32 indexed datanet,
        uint32 indexed number,
        address indexed provider,
        bytes32 root,
        bytes32 licence,
        uint64 rows
    );

    error VersionNotNext(bytes32 datanet, uint32 expected, uint32 given);
    error EmptyVersion(bytes32 datanet, uint32 number);
    error VersionUnknown(bytes32 datanet, uint32 number);

    mapping(bytes32 datanet => uint32) public latestOf;
    mapping(bytes32 datanet => mapping(uint32 number => Version)) private _versions;

    constructor(address admin, address publisher) {
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _grantRole(PUBLISHER_ROLE, publisher);
    }

    function register(bytes32 datanet, uint32 number, bytes32 root, bytes32 licence, uint64 rows, address provider)
        external
        onlyRole(PUBLISHER_ROLE)
    {
        uint32 expected = latestOf[datanet] + 1;
        if (number != expected) revert VersionNotNext(datanet, expected, number);
        if (root == 0 || rows == 0 || provider == address(0)) revert EmptyVersion(datanet, number);
        latestOf[datanet] = number;
        _versions[datanet][number] = Version(root, licence, provider, rows, uint64(block.timestamp));
        emit VersionRegistered(datanet, number, provider, root, licence, rows);
    }

    function versionOf(bytes32 datanet, uint32 number) external view returns (Version memory) {
        if (number == 0 || number > latestOf[datanet]) revert VersionUnknown(datanet, number);
        return _versions[datanet][number];
    }
}
