// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IChannelEscrow} from "../interfaces/IChannelEscrow.sol";
import {Signatures} from "../libraries/Signatures.sol";
import {Totals} from "../libraries/Totals.sol";
import {ChannelSlot, ChannelWord} from "../types/ChannelState.sol";
import {DeviceSignature} from "../types/DeviceSignature.sol";
import {ChannelId, SignerId} from "../types/Ids.sol";
import {SettleGroup, SettleRow, SettledTotalsLib, SkipReason} from "../types/Settlement.sol";
import {VoucherType} from "../types/Voucher.sol";
import {Balances} from "./Balances.sol";
import {Channels} from "./Channels.sol";

/// @notice Settling: what vouchers promise becomes payouts. Anyone may send it, since only signed totals count.
abstract contract Settlements is Channels, Balances {
    /// @dev The verifier that P-256 devices name in their signer.
    address internal immutable P256_VERIFIER;

    /// @inheritdoc IChannelEscrow
    function settle(SettleGroup[] calldata groups) external {
        bytes32 domain = _domainSeparatorV4();
        for (uint256 i = 0; i < groups.length; ++i) {
            address beneficiary = groups[i].beneficiary;
            address token = groups[i].token;
            SettleRow[] calldata rows = groups[i].rows;
            uint256 paid = 0;
            for (uint256 j = 0; j < rows.length; ++j) {
                // Why unchecked: no calldata is long enough for 2^160 rows of 96 bits.
                unchecked {
                    paid += _settleRow(domain, beneficiary, token, rows[j]);
                }
            }
            _addPayout(beneficiary, token, paid);
        }
    }

    /// @dev Adds up to the deposit; zero, with an event that says why, when the row is no good.
    function _settleRow(
        bytes32 domain,
        address beneficiary,
        address token,
        SettleRow calldata row
    ) private returns (uint256 paid) {
        ChannelId channelId = _idOf(domain, row.payer, beneficiary, token, row.termsHash);
        ChannelSlot storage slot = _channels[channelId];
        ChannelWord word = slot.word;

        // Check: cheap tests first, the signature last. They skip and do not revert: one bad row must not stop a batch.
        if (!word.isOpen()) return _skip(channelId, SkipReason.NOT_OPEN);
        uint96 promised = row.cumulativeAmount;
        uint256 total = Totals.covered(promised, word.deposit());
        uint256 settled = word.settled();
        if (total <= settled) return _skip(channelId, SkipReason.STALE_VOUCHER);
        uint64 version = row.version;
        bytes32 digest = _voucherDigest(domain, channelId, promised, version, row.receiptsRoot);
        if (!Signatures.isDevice(row.payer, row.signer, digest, row.r, row.vs, P256_VERIFIER)) {
            return _skip(channelId, SkipReason.WRONG_SIGNER);
        }

        // Effect
        // Why unchecked: it was just compared.
        unchecked {
            paid = total - settled;
        }
        slot.word = word.settledMore(paid);
        emit VoucherSettled(channelId, SettledTotalsLib.pack(total, promised, version), row.receiptsRoot);
    }

    function _requireDevice(SignerId device, bytes32 digest, DeviceSignature calldata signature) internal view {
        if (!Signatures.isDevice(device, signature.signer, digest, signature.r, signature.vs, P256_VERIFIER)) {
            revert ChannelEscrow_WrongSigner(device);
        }
    }

    function _skip(ChannelId channelId, SkipReason reason) private returns (uint256) {
        emit RowSkipped(channelId, reason);
        return 0;
    }

    function _voucherDigest(
        bytes32 domain,
        ChannelId channelId,
        uint96 cumulativeAmount,
        uint64 version,
        bytes32 receiptsRoot
    ) internal pure returns (bytes32) {
        return VoucherType.digest(domain, channelId, cumulativeAmount, version, receiptsRoot);
    }
}
