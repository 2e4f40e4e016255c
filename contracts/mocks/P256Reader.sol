// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";

/// @notice FOR TESTS ONLY. Asks for a hash what `P256Sha256` asks for the hash of a digest: the messages of public suites
/// are not of 32 bytes, and so no digests.
contract P256Reader {
    /// @notice As OpenZeppelin's `P256.verify`.
    function verify(bytes32 hash, bytes32 r, bytes32 s, bytes32 x, bytes32 y) external view returns (bool) {
        return P256.verify(hash, r, s, x, y);
    }
}
