// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BindingRecord, BindingStatus} from "../../contracts/types/BindingRecord.sol";
import {BindingId} from "../../contracts/types/Ids.sol";
import {Check} from "./helpers/Check.sol";
import {Handler} from "./helpers/Handler.sol";

/// @notice Invariants I6 and I11 to I13 of README.md: whatever anybody does, in any order, identity keeps these.
contract IdentityRegistryTest {
    Handler private _handler;
    address[] private _targets;

    function setUp() public {
        _handler = new Handler();
        _targets.push(address(_handler));
    }

    function targetContracts() external view returns (address[] memory) {
        return _targets;
    }

    function invariant_I6_exposureWithinTheCeilingAndNeverLowered() public view {
        for (uint256 i = 0; i < _handler.bindingCount(); ++i) {
            (BindingRecord memory earlier, BindingRecord memory record, uint96 ceiling) = _handler.recordsOf(i);
            Check.atMost(record.exposure, ceiling, "I6: exposure, ceiling");
            if (earlier.status == BindingStatus.NONE) continue;
            Check.atMost(earlier.period, record.period, "I6: period before, period now");
            if (earlier.period != record.period) continue;
            Check.atMost(earlier.exposure, record.exposure, "I6: exposure before, exposure now");
        }
    }

    function invariant_I11_anEndedBindingStaysEnded() public view {
        for (uint256 i = 0; i < _handler.bindingCount(); ++i) {
            (BindingRecord memory earlier, BindingRecord memory record, ) = _handler.recordsOf(i);
            if (!_isEnded(earlier.status)) continue;
            Check.equal(keccak256(abi.encode(record)), keccak256(abi.encode(earlier)), "I11: record once ended");
        }
    }

    function invariant_I12_liabilityIsNeverBackdatedNorProlonged() public view {
        for (uint256 i = 0; i < _handler.bindingCount(); ++i) {
            (BindingRecord memory earlier, BindingRecord memory record, ) = _handler.recordsOf(i);
            if (earlier.status == BindingStatus.NONE) continue;
            Check.equal(record.startedAt, earlier.startedAt, "I12: startedAt");
            Check.equal(record.attesterIndex, earlier.attesterIndex, "I12: attester");
            Check.atMost(record.endsAt, earlier.endsAt, "I12: endsAt now, endsAt before");
            Check.atMost(earlier.sequence, record.sequence, "I12: sequence before, sequence now");
            if (record.status == earlier.status) continue;
            Check.equal(record.sequence, uint256(earlier.sequence) + 1, "I12: sequence of a changed binding");
        }
    }

    function invariant_I13_oneHeadADevice() public view {
        for (uint256 i = 0; i < _handler.deviceCount(); ++i) {
            (BindingId found, BindingId expected) = _handler.headsOf(i);
            Check.equal(BindingId.unwrap(found), BindingId.unwrap(expected), "I13: head");
        }
    }

    function _isEnded(BindingStatus status) private pure returns (bool) {
        return status == BindingStatus.RELEASED || status == BindingStatus.REVOKED || status == BindingStatus.RENEWED;
    }
}
