// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BindingRecord, BindingStatus} from "../../contracts/types/BindingRecord.sol";
import {BindingId} from "../../contracts/types/Ids.sol";
import {Check} from "./helpers/Check.sol";
import {Handler} from "./helpers/Handler.sol";

/// @notice Invariants I6 and I11 to I18 of README.md: whatever anybody does, in any order, identity keeps these.
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
            // A mark on the attester writes nothing, so it raises nothing.
            if (record.status == earlier.status || record.status == BindingStatus.COMPROMISED) continue;
            Check.equal(record.sequence, uint256(earlier.sequence) + 1, "I12: sequence of a changed binding");
        }
    }

    function invariant_I13_oneHeadADevice() public view {
        for (uint256 i = 0; i < _handler.deviceCount(); ++i) {
            (BindingId found, BindingId expected) = _handler.headsOf(i);
            Check.equal(BindingId.unwrap(found), BindingId.unwrap(expected), "I13: head");
        }
    }

    function invariant_I14_aKeyThatWasGivenUpIsNeverBoundAgain() public view {
        for (uint256 i = 0; i < _handler.givenUpCount(); ++i) {
            BindingStatus status = _handler.REGISTRY().statusOf(_handler.givenUpHeadOf(i));
            bool given = status == BindingStatus.REBOUND || status == BindingStatus.ROTATED;
            // What a mark has ended was given up in vain, and stays ended too.
            Check.yes(given || status == BindingStatus.COMPROMISED, "I14: head of a key that was given up");
        }
    }

    function invariant_I15_oneAnswersAtATime() public view {
        for (uint256 i = 0; i < _handler.bindingCount(); ++i) {
            (BindingId bindingId, BindingId previous) = _handler.lineOf(i);
            for (uint256 j = 0; j < 5; ++j) {
                uint40 time = j < 4 ? _handler.moments(j) : uint40(block.timestamp);
                if (!_handler.isLiableAt(bindingId, time)) continue;
                for (BindingId older = previous; BindingId.unwrap(older) != 0; older = _handler.previousOf(older)) {
                    Check.yes(!_handler.isLiableAt(older, time), "I15: two of one line answer");
                }
            }
        }
    }

    function invariant_I16_liabilityForThePastNeverChanges() public view {
        for (uint256 i = 0; i < _handler.bindingCount(); ++i) {
            (BindingId bindingId, ) = _handler.lineOf(i);
            for (uint256 j = 0; j < 4; ++j) {
                uint40 time = _handler.moments(j);
                uint8 answer = _handler.answers(bindingId, time);
                if (answer == 0) continue;
                Check.yes(_handler.isLiableAt(bindingId, time) == (answer == 2), "I16: liability for a past moment");
            }
        }
    }

    function invariant_I17_whatHasEndedNeverRunsAgain() public view {
        for (uint256 i = 0; i < _handler.bindingCount(); ++i) {
            (BindingId bindingId, ) = _handler.lineOf(i);
            (BindingRecord memory earlier, BindingRecord memory record, ) = _handler.recordsOf(i);
            bool ended =
                _isEnded(earlier.status) ||
                    earlier.status == BindingStatus.COMPROMISED ||
                    (earlier.status != BindingStatus.NONE && earlier.endsAt <= block.timestamp);
            if (!ended) continue;
            BindingStatus status = _handler.REGISTRY().statusOf(bindingId);
            Check.yes(_isEnded(status) || status >= BindingStatus.EXPIRED, "I17: status of what had ended");
            Check.equal(record.endsAt, earlier.endsAt, "I17: end of what had ended");
        }
    }

    function invariant_I18_aLeafIsUsedOnceAndForEver() public view {
        for (uint256 i = 0; i < _handler.fleetCount(); ++i) {
            for (uint32 index = 0; index < 2; ++index) {
                (bool earlier, bool used) = _handler.leavesOf(i, index);
                Check.yes(used || !earlier, "I18: leaf that was used");
            }
        }
    }

    function _isEnded(BindingStatus status) private pure returns (bool) {
        return BindingStatus.RELEASED <= status && status <= BindingStatus.ROTATED;
    }
}
