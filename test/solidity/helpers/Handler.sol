// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {DeviceSignature} from "../../../contracts/types/DeviceSignature.sol";
import {Channel} from "../../../contracts/types/Channel.sol";
import {ChannelState} from "../../../contracts/types/ChannelState.sol";
import {CooperativeClose} from "../../../contracts/types/CooperativeClose.sol";
import {ChannelId} from "../../../contracts/types/Ids.sol";
import {RequestClose} from "../../../contracts/types/RequestClose.sol";
import {Voucher} from "../../../contracts/types/Voucher.sol";
import {Reveals} from "./Reveals.sol";
import {VM} from "./Vm.sol";

/// @notice All that anybody can do, as the engine that looks for broken invariants calls it: the ways out come last.
contract Handler is Reveals {
    function close(uint256 seed, uint256 amount) external observed {
        if (_channels.length == 0) return;
        ChannelState memory state = ESCROW.channelOf(_channelId(seed));
        uint96 kept = uint96(_between(amount, 0, state.deposit));
        _close(seed, kept, kept, true);
    }

    /// @notice The payee gives back: the payer had promised more.
    function closeBelow(uint256 seed, uint256 amount) external observed {
        if (_channels.length == 0) return;
        ChannelState memory state = ESCROW.channelOf(_channelId(seed));
        _close(seed, uint96(_between(amount, 0, state.deposit)), state.deposit, true);
    }

    /// @notice The payee keeps more than the payer has signed.
    function closeUnauthorised(uint256 seed, uint256 amount) external observed {
        if (_channels.length == 0) return;
        uint96 kept = uint96(_between(amount, 0, ESCROW.channelOf(_channelId(seed)).deposit));
        _close(seed, kept, kept, false);
    }

    function requestClose(uint256 seed) external observed {
        if (_channels.length == 0) return;
        Channel memory channel = _channel(seed);
        VM.prank(channel.terms.funder);
        try ESCROW.requestClose(channel) {
            ++done["requestClose"];
        } catch {
            ++done["refused"];
        }
    }

    function requestCloseByPayer(uint256 seed) external observed {
        if (_channels.length == 0) return;
        uint40 deadline = uint40(block.timestamp);
        bytes32 digest = ESCROW_MESSAGES.requestCloseDigest(RequestClose(_channelId(seed), deadline));
        DeviceSignature memory signature = _payerOf(seed).signature(digest);
        try ESCROW.requestCloseByPayer(_channel(seed), deadline, signature) {
            ++done["requestCloseByPayer"];
        } catch {
            ++done["refused"];
        }
    }

    function requestCloseOfEndedBinding(uint256 seed) external observed {
        if (_channels.length == 0) return;
        try ESCROW.requestCloseOfEndedBinding(_channel(seed)) {
            ++done["requestCloseOfEndedBinding"];
        } catch {
            ++done["refused"];
        }
    }

    function finalizeClose(uint256 seed) external observed {
        if (_channels.length == 0) return;
        try ESCROW.finalizeClose(_channel(seed)) {
            finalizedAlone[_channelId(seed)] = true;
            ++done["finalizeClose"];
        } catch {
            ++done["refused"];
        }
    }

    function _close(uint256 seed, uint96 kept, uint96 promised, bool promisedByPayer) private {
        ChannelId channelId = _channelId(seed);
        Channel memory channel = _channel(seed);
        bytes32 closeDigest = ESCROW_MESSAGES.cooperativeCloseDigest(CooperativeClose(channelId, kept, 1, 0));
        bytes32 voucherDigest = ESCROW_MESSAGES.voucherDigest(Voucher(channelId, promised, 1, 0));
        DeviceSignature memory payee = _deviceOf(channel.terms.payee).signature(closeDigest);
        if (promisedByPayer) _authorise(channelId, promised);
        DeviceSignature memory payer = (promisedByPayer ? _payerOf(seed) : _party).signature(voucherDigest);
        try ESCROW.close(channel, kept, 1, 0, payee, promised, payer) {
            ++done["close"];
        } catch {
            ++done["refused"];
        }
    }
}
