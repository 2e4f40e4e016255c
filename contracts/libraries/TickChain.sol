// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice SHA-256 applied again and again, as streams use it (PayWord).
library TickChain {
    /// @notice SHA-256 applied `ticks` times to `preimage`; the pre-image itself for none.
    /// Why assembly: `sha256(abi.encode(...))` takes new memory for every tick. Why four at a time: a turn of the loop costs a
    /// sixth of a hash, and streams are settled by hundreds of ticks.
    function root(bytes32 preimage, uint256 ticks) internal view returns (bytes32 result) {
        assembly ("memory-safe") {
            mstore(0x00, preimage)
            let done := 1
            for {} gt(ticks, 3) {
                ticks := sub(ticks, 4)
            } {
                done := and(done, staticcall(gas(), 0x02, 0x00, 0x20, 0x00, 0x20))
                done := and(done, staticcall(gas(), 0x02, 0x00, 0x20, 0x00, 0x20))
                done := and(done, staticcall(gas(), 0x02, 0x00, 0x20, 0x00, 0x20))
                done := and(done, staticcall(gas(), 0x02, 0x00, 0x20, 0x00, 0x20))
            }
            for {} ticks {
                ticks := sub(ticks, 1)
            } {
                done := and(done, staticcall(gas(), 0x02, 0x00, 0x20, 0x00, 0x20))
            }
            // The precompile fails only when gas runs out; its answer is then the one before.
            if iszero(done) {
                revert(0x00, 0x00)
            }
            result := mload(0x00)
        }
    }
}
