// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {Messages} from "./Messages.sol";
import {Anchor, AnchorType} from "./types/Anchor.sol";
import {AnchorLeaf, AnchorLeafType} from "./types/AnchorLeaf.sol";

/// @title Messages of the ledger anchor
/// @notice Type hash and digest of {Anchor}, and what its tree is made of, through the code that {LedgerAnchor} compiles in.
/// Who writes a client compares with it; code generation and golden vectors do.
/// @dev Why not in the ledger anchor: as with {RegistryMessages}, a getter there could cost every publisher gas.
contract AnchorMessages is Messages {
    /// @notice Type hash of {Anchor}.
    bytes32 public constant ANCHOR_TYPEHASH = AnchorType.TYPEHASH;
    /// @notice Type hash of {AnchorLeaf}.
    bytes32 public constant ANCHOR_LEAF_TYPEHASH = AnchorLeafType.TYPEHASH;

    /// @param ledgerAnchor whose EIP-712 domain the digests are of
    constructor(IERC5267 ledgerAnchor) Messages(ledgerAnchor) {}

    /// @notice What is signed of an {Anchor}.
    function anchorDigest(Anchor calldata message) external view returns (bytes32) {
        return AnchorType.digest(DOMAIN_SEPARATOR, message);
    }

    /// @notice A leaf is not signed: this is its place in the tree, the hash of its EIP-712 struct hash.
    function leafHash(AnchorLeaf calldata leaf) external pure returns (bytes32) {
        return AnchorLeafType.nodeHash(leaf);
    }
}
