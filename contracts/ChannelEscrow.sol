// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Closures} from "./escrow/Closures.sol";
import {IChannelEscrow} from "./interfaces/IChannelEscrow.sol";
import {IIdentityRegistry} from "./interfaces/IIdentityRegistry.sol";
import {Acknowledgement, AcknowledgementType} from "./types/Acknowledgement.sol";
import {ChannelType} from "./types/Channel.sol";
import {CooperativeClose, CooperativeCloseType} from "./types/CooperativeClose.sol";
import {RequestClose, RequestCloseType} from "./types/RequestClose.sol";
import {Voucher, VoucherType} from "./types/Voucher.sol";

/// @title Channel escrow
/// @notice Holds the deposits of one-way payment channels. Its parts by noun: Balances, Channels, Openings, Settlements,
/// Closures.
/// @dev No owner, no proxy, no pause: nothing here can be changed after deployment.
contract ChannelEscrow is Closures {
    /// @notice The channel's type; its digest is the channel's id.
    bytes32 public constant CHANNEL_TYPEHASH = ChannelType.TYPEHASH;
    bytes32 public constant TERMS_TYPEHASH = ChannelType.TERMS_TYPEHASH;
    bytes32 public constant VOUCHER_TYPEHASH = VoucherType.TYPEHASH;
    bytes32 public constant ACKNOWLEDGEMENT_TYPEHASH = AcknowledgementType.TYPEHASH;
    bytes32 public constant COOPERATIVE_CLOSE_TYPEHASH = CooperativeCloseType.TYPEHASH;
    bytes32 public constant REQUEST_CLOSE_TYPEHASH = RequestCloseType.TYPEHASH;

    /// @param registry the identity registry, which must register this escrow before anything can be opened
    /// @param closeDelayFloorSeconds shortest close delay; above the time of forced inclusion on this chain
    constructor(IIdentityRegistry registry, uint40 closeDelayFloorSeconds) EIP712("Musubi ChannelEscrow", "1") {
        if (closeDelayFloorSeconds == 0 || closeDelayFloorSeconds > CLOSE_DELAY_MAX_SECONDS) {
            revert ChannelEscrow_BadCloseDelayFloor(closeDelayFloorSeconds, CLOSE_DELAY_MAX_SECONDS);
        }
        if (address(registry).code.length == 0) revert ChannelEscrow_NoCode(address(registry));
        // Asked for the verifier's code too: without it one bad P-256 row would revert a whole batch.
        address verifier = registry.p256Verifier();
        if (verifier.code.length == 0) revert ChannelEscrow_NoCode(verifier);
        REGISTRY = registry;
        P256_VERIFIER = verifier;
        CLOSE_DELAY_FLOOR_SECONDS = closeDelayFloorSeconds;
    }

    /// @inheritdoc IChannelEscrow
    function identityRegistry() external view returns (IIdentityRegistry) {
        return REGISTRY;
    }

    /// @inheritdoc IChannelEscrow
    function closeDelayBounds() external view returns (uint40 minSeconds, uint40 maxSeconds) {
        return (CLOSE_DELAY_FLOOR_SECONDS, CLOSE_DELAY_MAX_SECONDS);
    }

    /// @inheritdoc IChannelEscrow
    function voucherDigest(Voucher calldata voucher) external view returns (bytes32) {
        return
            _voucherDigest(
                _domainSeparatorV4(),
                voucher.channelId,
                voucher.cumulativeAmount,
                voucher.version,
                voucher.receiptsRoot
            );
    }

    /// @inheritdoc IChannelEscrow
    function acknowledgementDigest(Acknowledgement calldata acknowledgement) external view returns (bytes32) {
        return _hashTypedDataV4(AcknowledgementType.structHash(acknowledgement));
    }

    /// @inheritdoc IChannelEscrow
    function cooperativeCloseDigest(CooperativeClose calldata cooperativeClose) external view returns (bytes32) {
        return _cooperativeCloseDigest(cooperativeClose);
    }

    /// @inheritdoc IChannelEscrow
    function requestCloseDigest(RequestClose calldata request) external view returns (bytes32) {
        return _hashTypedDataV4(RequestCloseType.structHash(request));
    }
}
