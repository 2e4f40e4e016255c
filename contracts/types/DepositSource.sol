// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Where the money of a deposit came from.
enum DepositSource {
    ALLOWANCE, // of the token to the escrow, an ERC-2612 permit included
    BALANCE, // of the funder in the escrow, on its call or on its {FundingOrder}
    AUTHORIZATION // an ERC-3009 authorization to the escrow
}
