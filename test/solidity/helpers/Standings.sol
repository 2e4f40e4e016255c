// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {Binding} from "../../../contracts/types/Binding.sol";
import {BindingRecord} from "../../../contracts/types/BindingRecord.sol";
import {BindingId} from "../../../contracts/types/Ids.sol";
import {Release, ReleaseType} from "../../../contracts/types/Release.sol";
import {Resume, ResumeType} from "../../../contracts/types/Resume.sol";
import {Revoke, RevokeType} from "../../../contracts/types/Revoke.sol";
import {Suspend, SuspendType} from "../../../contracts/types/Suspend.sol";
import {Device} from "./Devices.sol";
import {VM} from "./Vm.sol";
import {World} from "./World.sol";

/// @notice What parties and attesters do to bindings, any time and in any order. What is refused is counted.
abstract contract Standings is World {
    /// @notice How often an action was accepted, and under "refused" how often any was not.
    mapping(string action => uint256 count) public done;

    /// @notice Some seconds that are over: those before the last few times that time passed.
    uint40[4] public moments;
    /// @notice What was answered first about a binding and a past moment: 0 nothing yet, 1 nobody liable, 2 the party.
    mapping(BindingId bindingId => mapping(uint40 time => uint8 answer)) public answers;

    uint256 private _passed;
    /// @dev Each binding's record before the newest action.
    mapping(BindingId bindingId => BindingRecord record) private _recordsBefore;

    /// @notice Lets time pass: periods, close delays and validities end.
    function passTime(uint256 seed) external observed {
        _passTime(seed);
    }

    function suspend(uint256 seed) external observed {
        Suspend memory message = Suspend(_headId(seed), _sequence(seed), uint40(block.timestamp));
        bytes memory signature = _attester.sign(_registryDigest(keccak256(abi.encode(SuspendType.TYPEHASH, message))));
        try REGISTRY.suspendByAttester(message, signature) {
            ++done["suspend"];
        } catch {
            ++done["refused"];
        }
    }

    function resume(uint256 seed) external observed {
        Resume memory message = Resume(_headId(seed), _sequence(seed), uint40(block.timestamp));
        bytes32 digest = _registryDigest(keccak256(abi.encode(ResumeType.TYPEHASH, message)));
        Device memory party = _partyOf(_head(seed));
        try REGISTRY.resume(message, _head(seed), party.signer, party.sign(digest), _attester.sign(digest)) {
            ++done["resume"];
        } catch {
            ++done["refused"];
        }
    }

    /// @notice Rare, since a world where everything is revoked has nothing left to try.
    function revoke(uint256 seed) external observed {
        if (_between(seed, 0, 4) != 0) return;
        Revoke memory message = Revoke(_headId(seed), _sequence(seed), uint40(block.timestamp));
        bytes memory signature = _attester.sign(_registryDigest(keccak256(abi.encode(RevokeType.TYPEHASH, message))));
        try REGISTRY.revoke(message, signature) {
            ++done["revoke"];
        } catch {
            ++done["refused"];
        }
    }

    /// @notice Rare, as {revoke}.
    function release(uint256 seed) external observed {
        if (_between(seed, 0, 4) != 0) return;
        Release memory message = Release(_headId(seed), _sequence(seed), BindingId.wrap(0), uint40(block.timestamp));
        Device memory party = _partyOf(_head(seed));
        bytes memory signature = party.sign(_registryDigest(keccak256(abi.encode(ReleaseType.TYPEHASH, message))));
        try REGISTRY.release(message, _head(seed), party.signer, signature) {
            ++done["release"];
        } catch {
            ++done["refused"];
        }
    }

    function renew(uint256 seed) external observed {
        _renew(seed);
    }

    /// @notice The record of the binding of this number before the newest action, its record now, and its ceiling.
    function recordsOf(
        uint256 number
    ) external view returns (BindingRecord memory earlier, BindingRecord memory now_, uint96 ceiling) {
        BindingId bindingId = _bindingIds[number];
        return (_recordsBefore[bindingId], REGISTRY.recordOf(bindingId), _bindings[bindingId].maxPerPeriod);
    }

    /// @notice Id of the binding of this number, and of the one that it replaced.
    function lineOf(uint256 number) external view returns (BindingId bindingId, BindingId previous) {
        bindingId = _bindingIds[number];
        previous = _bindings[bindingId].previous;
    }

    function previousOf(BindingId bindingId) external view returns (BindingId) {
        return _bindings[bindingId].previous;
    }

    function isLiableAt(BindingId bindingId, uint40 time) public view returns (bool) {
        return REGISTRY.liableAt(_bindings[bindingId], time);
    }

    /// @notice Newest binding of the device of this number, as the registry and as this world has it.
    function headsOf(uint256 number) external view returns (BindingId found, BindingId expected) {
        Binding memory head = _heads[number];
        return (REGISTRY.headOf(head.deviceId), _idOf(head));
    }

    function deviceCount() external view returns (uint256) {
        return _devices.length;
    }

    /// @dev Keeps what every state was before an action, so that an invariant can compare.
    modifier observed() {
        _observe();
        _;
    }

    function _observe() internal virtual {
        for (uint256 i = 0; i < _bindingIds.length; ++i) {
            BindingId bindingId = _bindingIds[i];
            _recordsBefore[bindingId] = REGISTRY.recordOf(bindingId);
            for (uint256 j = 0; j < moments.length; ++j) {
                uint40 time = moments[j];
                if (time >= block.timestamp || answers[bindingId][time] != 0) continue;
                answers[bindingId][time] = isLiableAt(bindingId, time) ? 2 : 1;
            }
        }
    }

    function _passTime(uint256 seed) internal {
        moments[_passed++ % moments.length] = uint40(block.timestamp);
        VM.warp(block.timestamp + _between(seed, 1 minutes, 4 days));
        ++done["passTime"];
    }

    function _renew(uint256 seed) internal {
        Device memory device = _devices[seed % _devices.length];
        Binding memory head = _head(seed);
        Binding memory next = _newBinding(seed % _devices.length, _headId(seed));
        try REGISTRY.renew(next, head, _signatures(device, next), device.signer, _partyOf(head).signer) {
            _heads[seed % _devices.length] = next;
            _remember(next);
            ++done["renew"];
        } catch {
            ++done["refused"];
        }
    }

    function _head(uint256 seed) internal view returns (Binding memory) {
        return _heads[seed % _heads.length];
    }

    function _headId(uint256 seed) internal view returns (BindingId) {
        return REGISTRY.headOf(_head(seed).deviceId);
    }

    function _sequence(uint256 seed) internal view returns (uint24) {
        return REGISTRY.recordOf(_headId(seed)).sequence;
    }

    function _registryDigest(bytes32 structHash) internal view returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(REGISTRY_DOMAIN, structHash);
    }
}
