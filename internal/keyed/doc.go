// Package keyed is random words that depend only on what they are for, and the law by
// which one word decides a move: when it is made, and where it leads.
//
// # Words
//
// A word is made in stages. Each mixes 64 bits with a bijection and adds the next part
// of the key, as a multiple of [Golden] if it is a number and by exclusive or if it is
// a name ([Purpose]). Nothing is drawn in sequence, so that whoever asks for one word
// more, or in another order, disturbs no other.
//
// # The law of a move
//
// Whoever enters a state draws one word. Its upper 40 bits give an exponential amount
// of hazard, the [Threshold]; each cycle in the state uses up that cycle's [Hazard],
// -ln(1 - p), where p is the probability of leaving; the move is made at the end of the
// first cycle in which the threshold is used up. So
//
//	P(stays n cycles or more) = exp(-Σ hazard) = Π (1 - p)
//
// The lower 24 bits choose the destination, in order of name ([Destination]).
//
// Threshold and hazard are whole numbers of 2^-40, so that a walk cycle by cycle and
// one division give the same cycle, exactly.
package keyed
