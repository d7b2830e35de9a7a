// Package calibrate holds a model against what really happened.
//
// A model that was fitted to all the payments that were published agrees with
// them, and that proves nothing. [HoldOut] fits it to the earlier payments only,
// with one multiplier on inputs of the reader's choice, and says how far it is
// from the later ones, which it has not seen.
package calibrate
