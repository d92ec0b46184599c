// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";

/// @title Where a model comes from: its weights, its base and the data it learned from
/// @notice A model is written once and never changed. Knows nothing of how it was trained.
contract ModelRegistry is AccessControl {
    bytes32 public constant PUBLISHER_ROLE = keccak256("PUBLISHER_ROLE");
    uint256 public constant MAX_DATASETS = 64;

    struct Model {
        bytes32 manifest; // SHA-256 of the adapter's manifest
        bytes32 weights; // SHA-256 of the weights' file
        bytes32 base; // SHA-256 of the base model
        address developer;
        uint64 registeredAt; // block time, in seconds; 0 = no such model
        bytes32[] datasets; // roots of the Datanet versions it was trained on
    }

    event ModelRegistered(
        bytes32 indexed model,
        address indexed developer,
        bytes32 indexed base,
        bytes32 manifest,
        bytes32 weights,
        bytes32[] datasets
    );

    error ModelExists(bytes32 model, bytes32 manifest);
    error ModelUnknown(bytes32 model);
    error EmptyModel(bytes32 model);
    error TooManyDatasets(bytes32 model, uint256 given, uint256 most);

    uint256 public count;
    mapping(bytes32 model => Model) private _models;

    constructor(address admin, address publisher) {
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _grantRole(PUBLISHER_ROLE, publisher);
    }

    function register(
        bytes32 model,
        bytes32 manifest,
        bytes32 weights,
        bytes32 base,
        bytes32[] calldata datasets,
        address developer
    ) external onlyRole(PUBLISHER_ROLE) {
        if (_models[model].registeredAt != 0) {
            revert ModelExists(model, _models[model].manifest);
        }
        if (manifest == 0 || weights == 0 || developer == address(0)) revert EmptyModel(model);
        if (datasets.length > MAX_DATASETS) revert TooManyDatasets(model, datasets.length, MAX_DATASETS);
        _models[model] = Model(manifest, weights, base, developer, uint64(block.timestamp), datasets);
        count++;
        emit ModelRegistered(model, developer, base, manifest, weights, datasets);
    }

    function modelOf(bytes32 model) external view returns (Model memory) {
        if (_models[model].registeredAt == 0) revert ModelUnknown(model);
        return _models[model];
    }

    function isRegistered(bytes32 model) external view returns (bool) {
        return _models[model].registeredAt != 0;
    }
}
