// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ScratchHash} from "../libraries/ScratchHash.sol";
import {BindingId} from "./Ids.sol";

/// @notice Announces that a device goes to another liable party without a word of the old one. Signed by the attester of the
/// running record; takes effect after a public delay, unless the old party vetoes.
struct RebindNotice {
    BindingId bindingId; // the record that would end
    uint24 sequence; // the record's current sequence: accepting the message raises it
    BindingId successor; // the binding that would follow
    uint40 deadline; // last second in which it can be relayed
}

/// @notice Hashing of {RebindNotice}.
library RebindNoticeType {
    bytes32 internal constant TYPEHASH = keccak256(
        "RebindNotice(bytes32 bindingId,uint24 sequence,bytes32 successor,uint40 deadline)"
    );

    /// @notice EIP-712 digest.
    function digest(bytes32 domain, RebindNotice calldata message) internal pure returns (bytes32) {
        uint256 offset;
        // Why assembly: only there a struct in calldata is the place where it lies.
        assembly ("memory-safe") {
            offset := message
        }
        return ScratchHash.digest(domain, TYPEHASH, offset, 0x80);
    }
}
