// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Binding} from "../../../contracts/types/Binding.sol";
import {BindingId, SignerId} from "../../../contracts/types/Ids.sol";
import {RebindNotice, RebindNoticeType} from "../../../contracts/types/RebindNotice.sol";
import {RebindVeto, RebindVetoType} from "../../../contracts/types/RebindVeto.sol";
import {Release, ReleaseType} from "../../../contracts/types/Release.sol";
import {Revocation, RevokeMany, RevokeManyType} from "../../../contracts/types/RevokeMany.sol";
import {Device, Devices} from "./Devices.sol";
import {Standings} from "./Standings.sol";

/// @notice Devices that are sold or get new keys, attesters that lose theirs, and revocations in batches. A *line* is what
/// stays the same car or charger whatever its key: the place in the list of devices.
abstract contract Successions is Standings {
    struct Successor {
        Binding binding;
        Device device;
    }

    /// @dev Keys that were given up for others.
    Device[] internal _givenUp;
    /// @dev What was announced last, by line.
    mapping(uint256 line => Successor successor) private _announced;
    uint256 private _keys;

    function rotateKey(uint256 seed) external observed {
        uint256 line = seed % _devices.length;
        Successor memory next = _newSuccessor(line, _heads[line].partyId);
        bytes memory party = _partyOf(next.binding).signer;
        try
            REGISTRY.rotateKey(
                next.binding,
                _heads[line],
                _signatures(next.device, next.binding),
                next.device.signer,
                party
            )
        {
            _succeed(line, next, "rotateKey");
        } catch {
            ++done["refused"];
        }
    }

    function rebind(uint256 seed) external observed {
        uint256 line = seed % _devices.length;
        Binding memory head = _heads[line];
        Successor memory next = _newSuccessor(line, _buyerOf(head).id);
        Release memory message = Release(_headId(seed), _sequence(seed), _idOf(next.binding), uint40(block.timestamp));
        bytes32 digest = _registryDigest(keccak256(abi.encode(ReleaseType.TYPEHASH, message)));
        Device memory seller = _partyOf(head);
        try
            REGISTRY.rebind(
                next.binding,
                head,
                _signatures(next.device, next.binding),
                next.device.signer,
                _buyerOf(head).signer,
                seller.signer,
                seller.sign(digest),
                message.deadline
            )
        {
            _succeed(line, next, "rebind");
        } catch {
            ++done["refused"];
        }
    }

    function announceRebind(uint256 seed) external observed {
        uint256 line = seed % _devices.length;
        Successor memory next = _newSuccessor(line, _buyerOf(_heads[line]).id);
        // It has to be valid still when the delay is over.
        next.binding.validUntil += REGISTRY.rebindDelaySeconds();
        RebindNotice memory message = RebindNotice({
            bindingId: _headId(seed),
            sequence: _sequence(seed),
            successor: _idOf(next.binding),
            deadline: uint40(block.timestamp)
        });
        bytes32 digest = _registryDigest(keccak256(abi.encode(RebindNoticeType.TYPEHASH, message)));
        try REGISTRY.announceRebind(message, _attester.sign(digest)) {
            _announced[line] = next;
            ++done["announceRebind"];
        } catch {
            ++done["refused"];
        }
    }

    /// @notice Rare, since an announcement has to stand for long.
    function vetoRebind(uint256 seed) external observed {
        if (_between(seed, 0, 3) != 0) return;
        RebindVeto memory message = RebindVeto(_headId(seed), _sequence(seed), uint40(block.timestamp));
        Device memory party = _partyOf(_head(seed));
        bytes32 digest = _registryDigest(keccak256(abi.encode(RebindVetoType.TYPEHASH, message)));
        try REGISTRY.vetoRebind(message, _head(seed), party.signer, party.sign(digest)) {
            ++done["vetoRebind"];
        } catch {
            ++done["refused"];
        }
    }

    function rebindAnnounced(uint256 seed) external observed {
        uint256 line = seed % _devices.length;
        Successor memory next = _announced[line];
        if (next.device.key == 0) return;
        bytes memory party = _partyOf(next.binding).signer;
        try
            REGISTRY.rebindAnnounced(
                next.binding,
                _heads[line],
                _signatures(next.device, next.binding),
                next.device.signer,
                party
            )
        {
            _succeed(line, next, "rebindAnnounced");
        } catch {
            ++done["refused"];
        }
    }

    /// @notice Whoever kept the old key tries to have it bound again, with everybody's signature.
    function renewGivenUp(uint256 seed) external observed {
        if (_givenUp.length == 0) return;
        Device memory device = _givenUp[seed % _givenUp.length];
        BindingId headId = REGISTRY.headOf(device.id);
        Binding memory head = _bindings[headId];
        Binding memory next = _newBinding(seed % _devices.length, headId);
        (next.deviceId, next.partyId) = (device.id, head.partyId);
        try REGISTRY.renew(next, head, _signatures(device, next), device.signer, _partyOf(head).signer) {
            ++done["renewGivenUp"];
        } catch {
            ++done["refused"];
        }
    }

    /// @notice The attester's key was stolen, now or earlier; another attester takes over. Rare: it ends most bindings.
    function markCompromised(uint256 seed, uint256 since) external observed {
        if (_between(seed, 0, 3) != 0) return;
        _mark(uint40(_between(since, START, block.timestamp)));
        ++done["markCompromised"];
    }

    /// @notice A theft that is found late: what the attester vouched for meanwhile made somebody liable, and that was told.
    /// Why in one action: by chance such a life is too rare for a mark that changes the past to be seen. Rare, as above.
    function findTheft(uint256 seed) external observed {
        if (_between(seed, 0, 3) != 0) return;
        _renew(seed);
        _passTime(seed);
        _observe();
        _mark(START);
        ++done["findTheft"];
    }

    /// @notice One head, another one twice, and one that never was. Rare, as {revoke}.
    function revokeMany(uint256 seed) external observed {
        if (_between(seed, 0, 7) != 0) return;
        RevokeMany memory message = RevokeMany(new Revocation[](4), uint40(block.timestamp));
        for (uint256 i = 0; i < 3; ++i) message.rows[i] = Revocation(_headId(seed + i / 2), _sequence(seed + i / 2));
        message.rows[3] = Revocation(BindingId.wrap(bytes32(seed)), 0);
        uint24 index = REGISTRY.attesterIndexOf(_attester.account());
        REGISTRY.revokeMany(index, message, _attester.sign(_registryDigest(_hashOf(message))));
        ++done["revokeMany"];
    }

    /// @notice How many keys were given up, and what the registry has of the one of this number: its head, as this world
    /// expects it too.
    function givenUpCount() external view returns (uint256) {
        return _givenUp.length;
    }

    function givenUpHeadOf(uint256 number) external view returns (BindingId) {
        return REGISTRY.headOf(_givenUp[number].id);
    }

    function _mark(uint40 since) private {
        uint24 index = REGISTRY.attesterIndexOf(_attester.account());
        REGISTRY.markCompromised(index, since);
        _attester = Devices.secp256k1(1_000 + index);
        REGISTRY.accredit(_attester.account());
    }

    function _newSuccessor(uint256 line, SignerId partyId) private returns (Successor memory next) {
        next.device = Devices.secp256k1(10_000 + ++_keys);
        next.binding = _newBinding(line, REGISTRY.headOf(_heads[line].deviceId));
        next.binding.deviceId = next.device.id;
        next.binding.partyId = partyId;
    }

    function _succeed(uint256 line, Successor memory next, string memory action) private {
        _givenUp.push(_devices[line]);
        _devices[line] = next.device;
        _heads[line] = next.binding;
        _remember(next.binding);
        ++done[action];
    }

    function _buyerOf(Binding memory head) private view returns (Device memory) {
        return head.partyId == _party.id ? _otherParty : _party;
    }

    function _hashOf(RevokeMany memory message) private pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](message.rows.length);
        for (uint256 i = 0; i < hashes.length; ++i) {
            hashes[i] = keccak256(abi.encode(RevokeManyType.ROW_TYPEHASH, message.rows[i]));
        }
        bytes32 rows = keccak256(abi.encodePacked(hashes));
        return keccak256(abi.encode(RevokeManyType.TYPEHASH, rows, message.deadline));
    }
}
