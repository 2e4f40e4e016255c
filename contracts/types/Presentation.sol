// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ScratchHash} from "../libraries/ScratchHash.sol";
import {BindingId, SignerId} from "./Ids.sol";

/// @notice Shows a binding to one verifier, for one purpose. Signed by the bound device, so that nobody else can show it.
struct Presentation {
    BindingId bindingId; // what is shown
    SignerId verifierDeviceId; // to whom: nobody can pass it on to a third
    bytes32 challenge; // fresh, from the verifier
    bytes32 purpose; // keccak256 of what it is shown for
    uint40 expiresAt; // seconds, exclusive
}

/// @notice Hashing of {Presentation}.
library PresentationType {
    bytes32 internal constant TYPEHASH = keccak256(
        "Presentation(bytes32 bindingId,bytes32 verifierDeviceId,bytes32 challenge,bytes32 purpose,uint40 expiresAt)"
    );

    /// @notice EIP-712 digest.
    function digest(bytes32 domain, Presentation calldata message) internal pure returns (bytes32) {
        uint256 offset;
        // Why assembly: only there a struct in calldata is the place where it lies.
        assembly ("memory-safe") {
            offset := message
        }
        return ScratchHash.digest(domain, TYPEHASH, offset, 0xa0);
    }
}
