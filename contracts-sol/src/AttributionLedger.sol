// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";

/// @title Batches of attribution records: a root, where the records lie, how many and how much
/// @notice Batches are numbered without a gap and totals only grow. Knows nothing of single records.
contract AttributionLedger is AccessControl {
    bytes32 public constant POSTER_ROLE = keccak256("POSTER_ROLE");
    uint256 public constant MAX_COMMITMENT_BYTES = 8192;

    struct Batch {
        bytes32 root; // RFC 6962 root over the records' hashes, SHA-256
        bytes32 commitment; // keccak256 of the data commitment; its bytes are in the event
        uint64 count; // records in this batch
        uint64 postedAt; // block time, in seconds
        uint256 total; // wei that this batch's records share out
    }

    event BatchPosted(uint64 indexed number, bytes32 indexed root, bytes commitment, uint64 count, uint256 total);

    error BatchNotNext(uint64 expected, uint64 given);
    error EmptyBatch(uint64 number);
    error CommitmentTooLong(uint256 given, uint256 most);

    uint64 public batches;
    uint64 public records;
    uint256 public totalAttributed;
    mapping(uint64 number => Batch) public batchOf;

    constructor(address admin, address poster) {
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _grantRole(POSTER_ROLE, poster);
    }

    function post(uint64 number, bytes32 root, bytes calldata commitment, uint64 count, uint256 total)
        external
        onlyRole(POSTER_ROLE)
    {
        if (number != batches + 1) revert BatchNotNext(batches + 1, number);
        if (root == 0 || count == 0 || commitment.length == 0) revert EmptyBatch(number);
        if (commitment.length > MAX_COMMITMENT_BYTES) {
            revert CommitmentTooLong(commitment.length, MAX_COMMITMENT_BYTES);
        }
        batches = number;
        records += count;
        totalAttributed += total;
        batchOf[number] = Batch(root, keccak256(commitment), count, uint64(block.timestamp), total);
        emit BatchPosted(number, root, commitment, count, total);
    }
}
