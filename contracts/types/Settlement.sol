// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SignerId} from "./Ids.sol";

/// @notice Vouchers of channels that share one beneficiary and one token, so that neither is sent twice.
struct SettleGroup {
    address beneficiary;
    address token;
    SettleRow[] rows;
}

/// @notice One voucher to settle, and the rest of what its channel's id is made of.
struct SettleRow {
    SignerId payer; // deviceId of the voucher's signer
    bytes32 termsHash; // EIP-712 struct hash of the channel's terms
    uint96 cumulativeAmount; // token base units, the voucher's total
    uint64 version;
    bytes32 receiptsRoot;
    bytes32 r;
    bytes32 vs; // secp256k1: ERC-2098's y parity and s in one word; P-256: s, at most half the order
    bytes signer; // empty for secp256k1 (the address is recovered); P-256: verifier || x || y
}

/// @notice Why a row was skipped.
enum SkipReason {
    NOT_OPEN, // no such channel, or closed
    STALE_VOUCHER, // pays nothing more than what is settled
    WRONG_SIGNER // not signed by the payer
}

/// @notice Totals of a settlement in one word: settled 96 | cumulativeAmount 96 | version 64, from the lowest bit up.
/// Why packed: logs pay by the byte, and a batch writes a hundred of them.
type SettledTotals is uint256;

/// @notice Packs {SettledTotals}.
library SettledTotalsLib {
    /// @notice Packs the totals of one settlement.
    /// @param settled what the channel has paid in all, token base units
    /// @param cumulativeAmount total of the voucher, token base units; above `settled` when the deposit is too small
    /// @param version version of the voucher
    /// @dev Takes whole words, which must fit into their fields: each came out of a narrower type.
    function pack(uint256 settled, uint256 cumulativeAmount, uint256 version) internal pure returns (SettledTotals) {
        return SettledTotals.wrap(settled | (cumulativeAmount << 96) | (version << 192));
    }
}
