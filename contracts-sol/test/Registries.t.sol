// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AttributionLedger} from "../src/AttributionLedger.sol";
import {DatanetRegistry} from "../src/DatanetRegistry.sol";
import {ModelRegistry} from "../src/ModelRegistry.sol";
import {TestBase} from "./TestBase.sol";
import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

/// @notice What is registered stays as it was, once, in order, and only by whom it may.
contract RegistriesTest is TestBase {
    address private constant ADMIN = address(0xA11CE);
    address private constant OPERATOR = address(0x0BE7A);
    address private constant PROVIDER = address(0xD47A);

    DatanetRegistry private _datanets;
    ModelRegistry private _models;
    AttributionLedger private _ledger;

    function setUp() public {
        vm.warp(1_700_000_000);
        _datanets = new DatanetRegistry(ADMIN, OPERATOR);
        _models = new ModelRegistry(ADMIN, OPERATOR);
        _ledger = new AttributionLedger(ADMIN, OPERATOR);
    }

    function testFuzz_a_version_reads_back_as_it_was_registered(
        bytes32 datanet,
        bytes32 root,
        bytes32 licence,
        uint64 rows,
        address provider
    ) public {
        vm.assume(root != 0 && rows != 0 && provider != address(0));
        vm.prank(OPERATOR);
        _datanets.register(datanet, 1, root, licence, rows, provider);
        DatanetRegistry.Version memory version = _datanets.versionOf(datanet, 1);
        vm.assertEq(version.root, root, "root");
        vm.assertEq(version.licence, licence, "licence");
        vm.assertEq(version.provider, provider, "provider");
        vm.assertEq(version.rows, rows, "rows");
        vm.assertEq(version.registeredAt, block.timestamp, "time");
    }

    function testFuzz_versions_run_without_a_gap(uint32 number) public {
        vm.assume(number != 2);
        vm.prank(OPERATOR);
        _datanets.register("d", 1, "root", "licence", 5, PROVIDER);
        vm.expectRevert(
            abi.encodeWithSelector(DatanetRegistry.VersionNotNext.selector, bytes32("d"), uint32(2), number)
        );
        vm.prank(OPERATOR);
        _datanets.register("d", number, "other", "licence", 5, PROVIDER);
    }

    function test_an_empty_version_is_refused() public {
        vm.expectRevert(abi.encodeWithSelector(DatanetRegistry.EmptyVersion.selector, bytes32("d"), uint32(1)));
        vm.prank(OPERATOR);
        _datanets.register("d", 1, "root", "licence", 0, PROVIDER);
    }

    function test_an_unknown_version_is_not_an_empty_one() public {
        vm.expectRevert(abi.encodeWithSelector(DatanetRegistry.VersionUnknown.selector, bytes32("d"), uint32(1)));
        _datanets.versionOf("d", 1);
    }

    function testFuzz_only_publishers_register(address stranger) public {
        vm.assume(stranger != OPERATOR);
        _expectNoRole(stranger, _datanets.PUBLISHER_ROLE());
        vm.prank(stranger);
        _datanets.register("d", 1, "root", "licence", 5, PROVIDER);
        _expectNoRole(stranger, _models.PUBLISHER_ROLE());
        vm.prank(stranger);
        _models.register("m", "manifest", "weights", "base", new bytes32[](0), PROVIDER);
        _expectNoRole(stranger, _ledger.POSTER_ROLE());
        vm.prank(stranger);
        _ledger.post(1, "root", "commitment", 1, 1);
    }

    function testFuzz_a_model_reads_back_and_cannot_be_replaced(
        bytes32 model,
        bytes32 manifest,
        bytes32 weights,
        uint8 count
    ) public {
        vm.assume(manifest != 0 && weights != 0);
        bytes32[] memory datasets = new bytes32[](bound(count, 0, 64));
        for (uint256 i; i < datasets.length; i++) {
            datasets[i] = keccak256(abi.encode(i));
        }
        vm.prank(OPERATOR);
        _models.register(model, manifest, weights, "base", datasets, PROVIDER);
        ModelRegistry.Model memory read = _models.modelOf(model);
        vm.assertEq(read.manifest, manifest, "manifest");
        vm.assertEq(read.weights, weights, "weights");
        vm.assertEq(keccak256(abi.encode(read.datasets)), keccak256(abi.encode(datasets)), "datasets");
        vm.expectRevert(abi.encodeWithSelector(ModelRegistry.ModelExists.selector, model, manifest));
        vm.prank(OPERATOR);
        _models.register(model, "other", "weights", "base", datasets, PROVIDER);
        vm.assertEq(_models.count(), 1, "count");
    }

    function test_a_model_names_a_bounded_number_of_datasets() public {
        vm.expectRevert(abi.encodeWithSelector(ModelRegistry.TooManyDatasets.selector, bytes32("m"), 65, 64));
        vm.prank(OPERATOR);
        _models.register("m", "manifest", "weights", "base", new bytes32[](65), PROVIDER);
    }

    function test_an_unknown_model_is_not_an_empty_one() public {
        vm.assertTrue(!_models.isRegistered("m"), "registered");
        vm.expectRevert(abi.encodeWithSelector(ModelRegistry.ModelUnknown.selector, bytes32("m")));
        _models.modelOf("m");
    }

    function testFuzz_batches_add_up(uint64[8] calldata counts, uint128[8] calldata totals) public {
        uint256 records;
        uint256 total;
        for (uint64 i; i < counts.length; i++) {
            uint64 count = uint64(bound(counts[i], 1, type(uint32).max));
            vm.prank(OPERATOR);
            _ledger.post(i + 1, "root", "commitment", count, totals[i]);
            records += count;
            total += totals[i];
            vm.assertEq(_ledger.batches(), i + 1, "batches");
            vm.assertEq(_ledger.records(), records, "records");
            vm.assertEq(_ledger.totalAttributed(), total, "total");
        }
    }

    function test_a_batch_sent_twice_counts_once() public {
        vm.prank(OPERATOR);
        _ledger.post(1, "root", "commitment", 3, 100);
        vm.expectRevert(abi.encodeWithSelector(AttributionLedger.BatchNotNext.selector, uint64(2), uint64(1)));
        vm.prank(OPERATOR);
        _ledger.post(1, "root", "commitment", 3, 100);
        vm.assertEq(_ledger.totalAttributed(), 100, "total");
    }

    function test_a_commitment_has_a_length() public {
        vm.expectRevert(abi.encodeWithSelector(AttributionLedger.EmptyBatch.selector, uint64(1)));
        vm.prank(OPERATOR);
        _ledger.post(1, "root", "", 3, 100);
        vm.expectRevert(abi.encodeWithSelector(AttributionLedger.CommitmentTooLong.selector, 8193, 8192));
        vm.prank(OPERATOR);
        _ledger.post(1, "root", new bytes(8193), 3, 100);
    }

    function _expectNoRole(address stranger, bytes32 role) private {
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, stranger, role)
        );
    }
}
