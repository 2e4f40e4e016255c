// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IChannelEscrow} from "../interfaces/IChannelEscrow.sol";
import {Signatures} from "../libraries/Signatures.sol";
import {TokenCollector} from "../libraries/TokenCollector.sol";
import {Authorization, AuthorizationNonce, Permit} from "../types/Authorization.sol";
import {Binding} from "../types/Binding.sol";
import {Channel} from "../types/Channel.sol";
import {DepositSource} from "../types/DepositSource.sol";
import {FundingOrder, FundingOrderType} from "../types/FundingOrder.sol";
import {ChannelId} from "../types/Ids.sol";
import {Openings} from "./Openings.sol";

/// @notice The ways in on the funder's signature: its order to the escrow, its permit or its authorization to the token.
abstract contract SignedDeposits is Openings {
    /// @inheritdoc IChannelEscrow
    function openWithPermit(
        Channel calldata channel,
        Binding calldata payerBinding,
        Permit calldata permit,
        uint96 amount
    ) external nonReentrant returns (ChannelId channelId) {
        TokenCollector.allow(channel.token, msg.sender, permit, amount);
        channelId = _openFromAllowance(channel, payerBinding, amount);
    }

    /// @inheritdoc IChannelEscrow
    function topUpWithPermit(
        Channel calldata channel,
        Binding calldata payerBinding,
        Permit calldata permit,
        uint96 amount
    ) external nonReentrant {
        TokenCollector.allow(channel.token, msg.sender, permit, amount);
        _topUpFromAllowance(channel, payerBinding, amount);
    }

    /// @inheritdoc IChannelEscrow
    function openWithAuthorization(
        Channel calldata channel,
        Binding calldata payerBinding,
        Authorization calldata authorization,
        uint96 amount
    ) external nonReentrant returns (ChannelId channelId) {
        channelId = _open(channel, payerBinding, amount, DepositSource.AUTHORIZATION);
        _collect(channel, authorization, amount, AuthorizationNonce.nonceOf(channelId, 0));
    }

    /// @inheritdoc IChannelEscrow
    function topUpWithAuthorization(
        Channel calldata channel,
        Binding calldata payerBinding,
        Authorization calldata authorization,
        uint96 amount
    ) external nonReentrant {
        (ChannelId channelId, uint96 before) = _topUp(channel, payerBinding, amount, DepositSource.AUTHORIZATION);
        _collect(channel, authorization, amount, AuthorizationNonce.nonceOf(channelId, before));
    }

    /// @inheritdoc IChannelEscrow
    function openWithOrder(
        Channel calldata channel,
        Binding calldata payerBinding,
        bytes calldata signature,
        uint40 deadline,
        uint96 amount
    ) external nonReentrant returns (ChannelId channelId) {
        channelId = _open(channel, payerBinding, amount, DepositSource.BALANCE);
        _debitByOrder(channel, FundingOrder(channelId, amount, 0, deadline), signature);
    }

    /// @inheritdoc IChannelEscrow
    function topUpWithOrder(
        Channel calldata channel,
        Binding calldata payerBinding,
        bytes calldata signature,
        uint40 deadline,
        uint96 amount
    ) external nonReentrant {
        (ChannelId channelId, uint96 before) = _topUp(channel, payerBinding, amount, DepositSource.BALANCE);
        _debitByOrder(channel, FundingOrder(channelId, amount, before, deadline), signature);
    }

    function _collect(
        Channel calldata channel,
        Authorization calldata authorization,
        uint96 amount,
        bytes32 nonce
    ) private {
        TokenCollector.collectAuthorized(channel.token, channel.terms.funder, authorization, amount, nonce);
    }

    function _debitByOrder(Channel calldata channel, FundingOrder memory order, bytes calldata signature) private {
        if (block.timestamp > order.deadline) revert ChannelEscrow_Expired(order.deadline, block.timestamp);
        address funder = channel.terms.funder;
        if (!Signatures.isAccountSignature(funder, _hashTypedDataV4(FundingOrderType.structHash(order)), signature)) {
            revert ChannelEscrow_BadSignature(funder);
        }
        _debit(funder, channel.token, order.amount);
    }
}
