// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LeafTree} from "../../../contracts/libraries/LeafTree.sol";
import {Binding} from "../../../contracts/types/Binding.sol";
import {Enrolment, EnrolmentType} from "../../../contracts/types/Enrolment.sol";
import {BindingId, EnrolmentId} from "../../../contracts/types/Ids.sol";
import {RevokeLeaves, RevokeLeavesType} from "../../../contracts/types/RevokeLeaves.sol";
import {Device, Devices} from "./Devices.sol";
import {Successions} from "./Successions.sol";

/// @notice Fleets of two leaves: the first binding of a new device, and the renewal of one that there is.
abstract contract Fleets is Successions {
    uint256 private constant LINES_MAX = 10;
    uint256 private constant FLEETS_MAX = 12;

    struct Fleet {
        Enrolment enrolment;
        Device device;
        Binding first;
        Binding renewal;
        uint256 line; // of the renewal
        bytes32[2] leaves;
    }

    Fleet[] internal _fleets;
    /// @dev Which leaves were used before the newest action.
    mapping(uint256 fleet => mapping(uint32 index => bool used)) private _usedBefore;

    function enrol(uint256 seed) external observed {
        if (_fleets.length == FLEETS_MAX) return;
        Fleet memory fleet = _newFleet(seed % _devices.length);
        Device memory party = _partyOf(fleet.first);
        bytes32 digest = _registryDigest(EnrolmentId.unwrap(_enrolmentIdOf(fleet.enrolment)));
        try REGISTRY.enrol(fleet.enrolment, party.signer, party.sign(digest), _attester.sign(digest)) {
            _fleets.push(fleet);
            ++done["enrol"];
        } catch {
            ++done["refused"];
        }
    }

    function activate(uint256 seed) external observed {
        if (_fleets.length == 0 || _devices.length == LINES_MAX) return;
        Fleet memory fleet = _fleets[seed % _fleets.length];
        bytes memory signature = fleet.device.sign(_registryDigest(BindingId.unwrap(_idOf(fleet.first))));
        bytes32[] memory proof = new bytes32[](1);
        proof[0] = fleet.leaves[1];
        try REGISTRY.activate(fleet.enrolment, fleet.first, 0, proof, fleet.device.signer, signature) {
            _devices.push(fleet.device);
            _heads.push(fleet.first);
            _remember(fleet.first);
            ++done["activate"];
        } catch {
            ++done["refused"];
        }
    }

    function activateRenewal(uint256 seed) external observed {
        if (_fleets.length == 0) return;
        Fleet memory fleet = _fleets[seed % _fleets.length];
        Device memory device = _devices[fleet.line];
        bytes memory signature = device.sign(_registryDigest(BindingId.unwrap(_idOf(fleet.renewal))));
        bytes32[] memory proof = new bytes32[](1);
        proof[0] = fleet.leaves[0];
        Binding memory head = _heads[fleet.line];
        try REGISTRY.activateRenewal(fleet.enrolment, fleet.renewal, head, 1, proof, device.signer, signature) {
            _heads[fleet.line] = fleet.renewal;
            _remember(fleet.renewal);
            ++done["activateRenewal"];
        } catch {
            ++done["refused"];
        }
    }

    /// @notice Rare, since a leaf that is revoked cannot be activated any more.
    function revokeLeaves(uint256 seed) external observed {
        if (_fleets.length == 0 || _between(seed, 0, 3) != 0) return;
        EnrolmentId enrolmentId = _enrolmentIdOf(_fleets[seed % _fleets.length].enrolment);
        RevokeLeaves memory message = RevokeLeaves(enrolmentId, new uint32[](1), uint40(block.timestamp));
        message.indexes[0] = uint32(_between(seed, 0, 1));
        bytes32 indexes = keccak256(abi.encodePacked(message.indexes));
        bytes32 structHash = keccak256(abi.encode(RevokeLeavesType.TYPEHASH, enrolmentId, indexes, message.deadline));
        try REGISTRY.revokeLeaves(message, _attester.sign(_registryDigest(structHash))) {
            ++done["revokeLeaves"];
        } catch {
            ++done["refused"];
        }
    }

    function fleetCount() external view returns (uint256) {
        return _fleets.length;
    }

    /// @notice Whether a leaf of the fleet of this number was used before the newest action, and is used now.
    function leavesOf(uint256 number, uint32 index) external view returns (bool earlier, bool now_) {
        EnrolmentId enrolmentId = _enrolmentIdOf(_fleets[number].enrolment);
        return (_usedBefore[number][index], REGISTRY.isLeafUsed(enrolmentId, index));
    }

    function _observe() internal virtual override {
        super._observe();
        for (uint256 i = 0; i < _fleets.length; ++i) {
            EnrolmentId enrolmentId = _enrolmentIdOf(_fleets[i].enrolment);
            for (uint32 index = 0; index < 2; ++index) {
                _usedBefore[i][index] = REGISTRY.isLeafUsed(enrolmentId, index);
            }
        }
    }

    function _newFleet(uint256 line) private view returns (Fleet memory fleet) {
        fleet.line = line;
        fleet.renewal = _newBinding(line, REGISTRY.headOf(_heads[line].deviceId));
        fleet.device = Devices.secp256k1(20_000 + _fleets.length);
        fleet.first = _newBinding(line, BindingId.wrap(0));
        fleet.first.deviceId = fleet.device.id;
        fleet.leaves = [_leaf(0, fleet.first), _leaf(1, fleet.renewal)];
        fleet.enrolment = Enrolment({
            root: keccak256(abi.encode(fleet.leaves)),
            count: 2,
            partyId: fleet.first.partyId,
            attester: fleet.first.attester,
            validFrom: fleet.first.validFrom,
            validUntil: fleet.first.validUntil
        });
    }

    function _leaf(uint32 index, Binding memory binding) private pure returns (bytes32) {
        return keccak256(abi.encode(keccak256(abi.encode(LeafTree.TYPEHASH, index, _idOf(binding)))));
    }

    function _enrolmentIdOf(Enrolment memory enrolment) private pure returns (EnrolmentId) {
        return EnrolmentId.wrap(keccak256(abi.encode(EnrolmentType.TYPEHASH, enrolment)));
    }
}
