// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IChannelEscrow} from "../interfaces/IChannelEscrow.sol";
import {Signatures} from "../libraries/Signatures.sol";
import {ChannelState, ChannelStatus} from "../types/ChannelState.sol";
import {ChannelId} from "../types/Ids.sol";
import {SettleGroup, SettleRow, SettledTotalsLib, SkipReason} from "../types/Settlement.sol";
import {Voucher, VoucherType} from "../types/Voucher.sol";
import {Balances} from "./Balances.sol";
import {Channels} from "./Channels.sol";

/// @notice Settling: what vouchers promise becomes payouts. Anyone may send it, since only signed totals count.
abstract contract Settlements is Channels, Balances {
    /// @dev The verifier that P-256 devices name in their signer.
    address internal immutable P256_VERIFIER;

    /// @inheritdoc IChannelEscrow
    function settle(SettleGroup[] calldata groups) external {
        for (uint256 i = 0; i < groups.length; ++i) {
            SettleGroup calldata group = groups[i];
            uint256 paid = 0;
            for (uint256 j = 0; j < group.rows.length; ++j) {
                paid += _settleRow(group.beneficiary, group.token, group.rows[j]);
            }
            _addPayout(group.beneficiary, group.token, paid);
        }
    }

    /// @dev Adds up to the deposit; zero, with an event that says why, when the row is no good.
    function _settleRow(address beneficiary, address token, SettleRow calldata row) private returns (uint96 paid) {
        ChannelId channelId = _idOf(row.payer, beneficiary, token, row.termsHash);
        ChannelState memory state = _stateOf(channelId);

        // Check: cheap tests first, the signature last. They skip and do not revert: one bad row must not stop a batch.
        if (state.status != ChannelStatus.OPEN) return _skip(channelId, SkipReason.NOT_OPEN);
        uint96 total = row.cumulativeAmount < state.deposit ? row.cumulativeAmount : state.deposit;
        if (total <= state.settled) return _skip(channelId, SkipReason.STALE_VOUCHER);
        bytes32 digest = _voucherDigest(channelId, row.cumulativeAmount, row.version, row.receiptsRoot);
        if (!Signatures.isDevice(row.payer, row.signer, digest, row.r, row.vs, P256_VERIFIER)) {
            return _skip(channelId, SkipReason.WRONG_SIGNER);
        }

        // Effect
        paid = total - state.settled;
        state.settled = total;
        _store(channelId, state);
        emit VoucherSettled(
            channelId,
            SettledTotalsLib.pack(total, row.cumulativeAmount, row.version),
            row.receiptsRoot
        );
    }

    function _skip(ChannelId channelId, SkipReason reason) private returns (uint96) {
        emit RowSkipped(channelId, reason);
        return 0;
    }

    function _voucherDigest(
        ChannelId channelId,
        uint96 cumulativeAmount,
        uint64 version,
        bytes32 receiptsRoot
    ) internal view returns (bytes32) {
        return _hashTypedDataV4(VoucherType.structHash(Voucher(channelId, cumulativeAmount, version, receiptsRoot)));
    }
}
