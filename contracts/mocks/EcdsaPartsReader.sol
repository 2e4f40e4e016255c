// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EcdsaParts} from "../libraries/EcdsaParts.sol";
import {SignerId} from "../types/Ids.sol";

/// @notice FOR TESTS ONLY. Asks the library directly: a key that fits a chosen s depends on the digest, and the escrow's
/// digests depend on the key.
contract EcdsaPartsReader {
    /// @notice As {EcdsaParts-isSignedBy}.
    function isSignedBy(SignerId id, bytes32 digest, bytes32 r, bytes32 vs) external view returns (bool) {
        return EcdsaParts.isSignedBy(id, digest, r, vs);
    }
}
