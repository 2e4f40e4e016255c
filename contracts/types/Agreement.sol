// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SignerId} from "./Ids.sol";

/// @notice The contract between two machines: what is sold at which tariff, and for how long.
/// Signed by both devices, in the registry's domain, before they trade. Receipts name its struct hash.
struct Agreement {
    SignerId payer; // deviceId of the machine that owes
    SignerId payee; // deviceId of the machine that is owed
    bytes32 tariffHash; // SHA-256 of the tariff's fixed layout: price, unit, tax, currency, merchant
    uint40 validFrom; // seconds
    uint40 validUntil; // seconds, exclusive
    bytes32 salt; // makes the agreement unique
}

/// @notice Hashing of {Agreement}.
library AgreementType {
    bytes32 internal constant TYPEHASH = keccak256(
        "Agreement(bytes32 payer,bytes32 payee,bytes32 tariffHash,uint40 validFrom,uint40 validUntil,bytes32 salt)"
    );

    /// @notice EIP-712 struct hash.
    function structHash(Agreement memory agreement) internal pure returns (bytes32) {
        return keccak256(abi.encode(TYPEHASH, agreement));
    }
}
