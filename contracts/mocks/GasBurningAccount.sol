// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice FOR TESTS ONLY. An account that burns all gas it is given.
contract GasBurningAccount {
    fallback() external {
        // Why assembly: the invalid opcode takes everything at once, and no compiler version changes that.
        assembly {
            invalid()
        }
    }
}
