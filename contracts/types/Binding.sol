// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ScratchHash} from "../libraries/ScratchHash.sol";
import {BindingId, SignerId} from "./Ids.sol";

/// @notice The signed tie between a device and the party legally liable for it (帰責者).
/// Device, party and attester sign the same EIP-712 digest of it in the registry's domain.
struct Binding {
    SignerId deviceId; // keccak256 of the device's signer
    SignerId partyId; // keccak256 of the liable party's (pseudonymous) signer
    address attester; // who verified the tie, and vouches for it
    uint40 validFrom; // seconds; liability never starts before the block that records the binding
    uint40 validUntil; // seconds, exclusive
    address funder; // who may fund this device's spending: an issuer's float, or the party itself
    Funding funding; // how the spending is billed
    address token; // the only token that the limits below allow
    uint96 maxPerPayment; // token base units; the payer's own limit, checked off chain
    uint96 maxPerPeriod; // token base units; the ceiling (極度額) of new money at risk per period
    uint32 periodSeconds; // length of one period, above zero; periods are counted from the record's start
    bytes32 approvers; // hash of k and the sorted approver keys; 0 = the party alone
    bytes32 billingRef; // keccak256(salt || billing account id): never a card number, never unsalted
    bytes32 freshnessTip; // end of a SHA-256 hash chain; 0 = none
    BindingId previous; // the record it replaces; 0 for a device's first one
}

/// @notice How spending under a binding is billed. Part of the signed binding; `NONE` is never valid.
enum Funding {
    NONE,
    CREDIT, // a float paid; the card is charged
    PREPAID, // the liable party's own deposit; a statement only
    OWN // a hub's outgoing channel; never billed
}

/// @notice Hashing of {Binding}.
library BindingType {
    bytes32 internal constant TYPEHASH = keccak256(
        "Binding(bytes32 deviceId,bytes32 partyId,address attester,uint40 validFrom,uint40 validUntil,address funder,uint8 funding,address token,uint96 maxPerPayment,uint96 maxPerPeriod,uint32 periodSeconds,bytes32 approvers,bytes32 billingRef,bytes32 freshnessTip,bytes32 previous)"
    );

    uint256 private constant FIELDS_BYTES = 15 * 32;

    /// @notice EIP-712 struct hash, which is the binding's id.
    function id(Binding calldata binding) internal pure returns (BindingId) {
        uint256 offset;
        // Why assembly: only there a struct in calldata is the place where it lies.
        assembly ("memory-safe") {
            offset := binding
        }
        return BindingId.wrap(ScratchHash.structHash(TYPEHASH, offset, FIELDS_BYTES));
    }
}
