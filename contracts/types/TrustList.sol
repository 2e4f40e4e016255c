// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Which attesters a verifier without a network believes. Signed by whoever runs the verifiers; the registry keeps
/// nothing of it.
struct TrustList {
    uint32 version; // rises with every list: an older one is refused
    uint40 validFrom; // seconds
    uint40 validUntil; // seconds, exclusive
    address[] attesters; // sorted, without doubles
}

/// @notice Hashing of {TrustList}.
library TrustListType {
    bytes32 internal constant TYPEHASH = keccak256(
        "TrustList(uint32 version,uint40 validFrom,uint40 validUntil,address[] attesters)"
    );

    /// @notice EIP-712 struct hash.
    function structHash(TrustList calldata list) internal pure returns (bytes32) {
        bytes32 attesters = keccak256(abi.encodePacked(list.attesters));
        return keccak256(abi.encode(TYPEHASH, list.version, list.validFrom, list.validUntil, attesters));
    }
}
