// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC7913SignatureVerifier} from "@openzeppelin/contracts/interfaces/IERC7913.sol";
import {P256Sha256} from "../libraries/P256Sha256.sol";

/// @title ERC-7913 verifier of P-256 signatures over `sha256(digest)`
/// @notice A device with a P-256 key is the signer `address of this contract || x || y`. No owner, no upgrade: what a
/// device once signed stays signed.
/// @dev Uses the precompile of EIP-7951 / RIP-7212 where the chain has it, OpenZeppelin's Solidity code elsewhere.
contract P256Sha256Verifier is IERC7913SignatureVerifier {
    uint256 private constant KEY_BYTES = 64;
    uint256 private constant SIGNATURE_BYTES = 64;

    /// @notice Checks `signature` (r || s, low s) of the key `x || y` over `sha256(digest)`.
    /// @return the function's selector when the signature is valid, 0xffffffff when it is not
    function verify(bytes calldata key, bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        if (key.length != KEY_BYTES || signature.length != SIGNATURE_BYTES) return 0xffffffff;
        bool valid = P256Sha256.verify(
            digest,
            bytes32(signature[:32]),
            bytes32(signature[32:]),
            bytes32(key[:32]),
            bytes32(key[32:])
        );
        return valid ? IERC7913SignatureVerifier.verify.selector : bytes4(0xffffffff);
    }
}
