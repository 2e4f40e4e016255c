// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LocalJpyToken} from "../../../contracts/settlement-token/LocalJpyToken.sol";
import {Authorization, AuthorizationNonce, Permit} from "../../../contracts/types/Authorization.sol";
import {Binding} from "../../../contracts/types/Binding.sol";
import {Channel} from "../../../contracts/types/Channel.sol";
import {ChannelStatus} from "../../../contracts/types/ChannelState.sol";
import {FundingOrder} from "../../../contracts/types/FundingOrder.sol";
import {ChannelId} from "../../../contracts/types/Ids.sol";
import {Opening} from "../../../contracts/types/Opening.sol";
import {Device} from "./Devices.sol";
import {Fundings} from "./Fundings.sol";
import {VM} from "./Vm.sol";

/// @notice What funders sign and anybody relays, fleets, and orders and authorizations that are shown again.
abstract contract SignedFundings is Fundings {
    uint256 private constant ROWS_MAX = 5;

    /// @dev The newest order and authorization that were accepted, to be tried again.
    struct Used {
        Channel channel;
        uint96 amount;
        bytes signature;
        Authorization authorization;
    }

    Used private _order;
    Used private _authorization;

    function openWithOrder(uint256 seed, uint256 amount) external observed {
        (Channel memory channel, Binding memory binding, uint96 deposit) = _prepareOpening(seed, amount);
        bytes memory signature = _signOrder(channel, deposit, 0);
        try ESCROW.openWithOrder(channel, binding, signature, uint40(block.timestamp), deposit) returns (ChannelId id) {
            _opened(id, channel);
            _spentOrder(channel, deposit, signature);
            ++done["openWithOrder"];
        } catch {
            ++done["refused"];
        }
    }

    function topUpWithOrder(uint256 seed, uint256 amount) external observed {
        if (_channels.length == 0) return;
        Channel memory channel = _channel(seed);
        uint96 more = uint96(_between(amount, 1, AMOUNT_MAX));
        bytes memory signature = _signOrder(channel, more, _depositOf(channel));
        Binding memory binding = _bindings[channel.terms.payerBinding];
        try ESCROW.topUpWithOrder(channel, binding, signature, uint40(block.timestamp), more) {
            _spentOrder(channel, more, signature);
            ++done["topUpWithOrder"];
        } catch {
            ++done["refused"];
        }
    }

    function openWithPermit(uint256 seed, uint256 amount) external observed {
        (Channel memory channel, Binding memory binding, uint96 deposit) = _prepareOpening(seed, amount);
        Permit memory permit = _permit(channel, deposit, seed % 2 == 0);
        VM.prank(channel.terms.funder);
        try ESCROW.openWithPermit(channel, binding, permit, deposit) returns (ChannelId channelId) {
            _opened(channelId, channel);
            ++done["openWithPermit"];
        } catch {
            ++done["refused"];
        }
    }

    function topUpWithPermit(uint256 seed, uint256 amount) external observed {
        if (_channels.length == 0) return;
        Channel memory channel = _channel(seed);
        uint96 more = uint96(_between(amount, 1, AMOUNT_MAX));
        Permit memory permit = _permit(channel, more, seed % 2 == 0);
        VM.prank(channel.terms.funder);
        try ESCROW.topUpWithPermit(channel, _bindings[channel.terms.payerBinding], permit, more) {
            ++done["topUpWithPermit"];
        } catch {
            ++done["refused"];
        }
    }

    function openWithAuthorization(uint256 seed, uint256 amount) external observed {
        (Channel memory channel, Binding memory binding, uint96 deposit) = _prepareOpening(seed, amount);
        Authorization memory authorization = _authorize(channel, deposit, 0);
        try ESCROW.openWithAuthorization(channel, binding, authorization, deposit) returns (ChannelId channelId) {
            _opened(channelId, channel);
            _authorization = Used(channel, deposit, "", authorization);
            ++done["openWithAuthorization"];
        } catch {
            ++done["refused"];
        }
    }

    function topUpWithAuthorization(uint256 seed, uint256 amount) external observed {
        if (_channels.length == 0) return;
        Channel memory channel = _channel(seed);
        uint96 more = uint96(_between(amount, 1, AMOUNT_MAX));
        Authorization memory authorization = _authorize(channel, more, _depositOf(channel));
        Binding memory binding = _bindings[channel.terms.payerBinding];
        try ESCROW.topUpWithAuthorization(channel, binding, authorization, more) {
            _authorization = Used(channel, more, "", authorization);
            ++done["topUpWithAuthorization"];
        } catch {
            ++done["refused"];
        }
    }

    /// @notice A fleet of one payer, among which a row may be a double, or more than the balance.
    function openMany(uint256 seed, uint256 amount) external observed {
        Opening[] memory openings = new Opening[](_between(seed, 1, ROWS_MAX));
        ChannelId[] memory ids = new ChannelId[](openings.length);
        bool[] memory fresh = new bool[](openings.length);
        for (uint256 i = 0; i < openings.length; ++i) {
            (Channel memory channel, Binding memory binding, uint96 deposit) = _prepareOpening(seed, amount ^ i);
            channel.terms.salt = bytes32(uint256(channel.terms.salt) + (seed % 3 == 0 ? 0 : i));
            openings[i] = Opening(channel, binding, deposit);
            ids[i] = ESCROW_MESSAGES.channelIdOf(channel);
            fresh[i] = ESCROW.channelOf(ids[i]).status == ChannelStatus.NONE;
        }
        VM.prank(openings[0].channel.terms.funder);
        ESCROW.openMany(openings);
        for (uint256 i = 0; i < openings.length; ++i) _remember(openings[i], ids[i], fresh[i]);
    }

    /// @notice The newest order again: on the same channel, which has more by now.
    function replayOrder() external observed {
        if (_order.amount == 0) return;
        Channel memory channel = _order.channel;
        Binding memory binding = _bindings[channel.terms.payerBinding];
        try ESCROW.topUpWithOrder(channel, binding, _order.signature, uint40(block.timestamp), _order.amount) {
            ++done["replayed"];
        } catch {
            ++done["replayRefused"];
        }
    }

    /// @notice The newest authorization again.
    function replayAuthorization() external observed {
        if (_authorization.amount == 0) return;
        Channel memory channel = _authorization.channel;
        Binding memory binding = _bindings[channel.terms.payerBinding];
        uint96 amount = _authorization.amount;
        try ESCROW.topUpWithAuthorization(channel, binding, _authorization.authorization, amount) {
            ++done["replayed"];
        } catch {
            ++done["replayRefused"];
        }
    }

    /// @dev Whether a row of a fleet was opened shows in the channel's state: a double of it was not fresh any more.
    function _remember(Opening memory opening, ChannelId id, bool fresh) private {
        if (!fresh || _isKnown(id) || ESCROW.channelOf(id).status == ChannelStatus.NONE) {
            ++done["openingSkipped"];
            return;
        }
        _opened(id, opening.channel);
        uint96 deposit = ESCROW.channelOf(id).deposit;
        ownMoney[opening.channel.terms.funder][opening.channel.token] -= int256(uint256(deposit));
        ++done["openMany"];
    }

    function _spentOrder(Channel memory channel, uint96 amount, bytes memory signature) private {
        ownMoney[channel.terms.funder][channel.token] -= int256(uint256(amount));
        _order.channel = channel;
        _order.amount = amount;
        _order.signature = signature;
    }

    function _signOrder(Channel memory channel, uint96 amount, uint96 before) private view returns (bytes memory) {
        ChannelId channelId = ESCROW_MESSAGES.channelIdOf(channel);
        FundingOrder memory order = FundingOrder(channelId, amount, before, uint40(block.timestamp));
        return _funderOf(channel).sign(ESCROW_MESSAGES.fundingOrderDigest(order));
    }

    /// @param used whether a stranger shows the permit to the token first
    function _permit(Channel memory channel, uint96 amount, bool used) private returns (Permit memory permit) {
        LocalJpyToken token = LocalJpyToken(channel.token);
        address funder = channel.terms.funder;
        token.mint(funder, amount);
        bytes32 typehash = keccak256(
            "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
        );
        bytes32 hash = keccak256(
            abi.encode(typehash, funder, address(ESCROW), amount, token.nonces(funder), block.timestamp)
        );
        (permit.v, permit.r, permit.s) = _signForToken(channel, hash);
        permit.deadline = block.timestamp;
        if (used) token.permit(funder, address(ESCROW), amount, block.timestamp, permit.v, permit.r, permit.s);
    }

    function _authorize(Channel memory channel, uint96 amount, uint96 before) private returns (Authorization memory) {
        address funder = channel.terms.funder;
        LocalJpyToken(channel.token).mint(funder, amount);
        bytes32 typehash = keccak256(
            "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
        );
        bytes32 nonce = AuthorizationNonce.nonceOf(ESCROW_MESSAGES.channelIdOf(channel), before);
        uint256 end = block.timestamp + 1;
        bytes32 hash = keccak256(abi.encode(typehash, funder, address(ESCROW), amount, 0, end, nonce));
        (uint8 v, bytes32 r, bytes32 s) = _signForToken(channel, hash);
        return Authorization(0, end, v, r, s);
    }

    function _signForToken(
        Channel memory channel,
        bytes32 structHash
    ) private view returns (uint8 v, bytes32 r, bytes32 s) {
        bytes32 domain = LocalJpyToken(channel.token).DOMAIN_SEPARATOR();
        return VM.sign(_funderOf(channel).key, keccak256(abi.encodePacked(hex"1901", domain, structHash)));
    }

    function _funderOf(Channel memory channel) private view returns (Device memory) {
        return _funderKeys[channel.terms.funder == funders[0] ? 0 : 1];
    }

    function _depositOf(Channel memory channel) private view returns (uint96) {
        return ESCROW.channelOf(ESCROW_MESSAGES.channelIdOf(channel)).deposit;
    }
}
