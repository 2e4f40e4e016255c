// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IIdentityRegistryEvents} from "../interfaces/IIdentityRegistryEvents.sol";
import {Binding} from "../types/Binding.sol";
import {BindingId} from "../types/Ids.sol";

/// @notice Writes {IIdentityRegistryEvents-BindingStarted}.
/// Why by hand: the compiler reads, checks and writes the binding's fifteen fields one after another, for 900 gas; here they
/// are copied as they lie. The caller has read each narrow field before, so none can have bits outside its type.
library StartedLog {
    /// @notice Writes the event, with no signer of zero bytes in it.
    /// @param deviceSigner empty when the signature gave the address
    /// @param recovered that address
    function write(
        BindingId bindingId,
        Binding calldata binding,
        uint40 startedAt,
        bytes calldata deviceSigner,
        address recovered
    ) internal {
        bytes32 topic = IIdentityRegistryEvents.BindingStarted.selector;
        // Why assembly: see above. Layout of the data: binding | startedAt | offset of the signer | its length | its bytes.
        assembly ("memory-safe") {
            let data := mload(0x40)
            calldatacopy(data, binding, 0x1e0)
            mstore(add(data, 0x1e0), startedAt)
            mstore(add(data, 0x200), 0x220)
            let length := deviceSigner.length
            let signer := add(data, 0x240)
            switch length
            case 0 {
                length := 0x14
                mstore(signer, shl(0x60, recovered))
            }
            default {
                calldatacopy(signer, deviceSigner.offset, length)
                mstore(add(signer, length), 0)
            }
            mstore(add(data, 0x220), length)
            let size := add(0x240, and(add(length, 0x1f), not(0x1f)))
            let deviceId := calldataload(binding)
            let partyId := calldataload(add(binding, 0x20))
            log4(data, size, topic, bindingId, deviceId, partyId)
        }
    }
}
