package lives

import "github.com/edgeofcare/edgeofcare/internal/keyed"

// Every random number of a run is a 64-bit word that depends only on what it
// is for: (seed, replication, cohort, child, purpose, visit). Nothing is drawn
// in sequence (see package keyed), so the arms share random numbers where they share
// history, and adding a worker, a case or a cohort disturbs nothing. A planned state
// uses the stream of its parent, so that a programme which changes no rate changes
// no life.

// cohortKey is the second stage of a word's key, between those of the replication and
// of the child: one cohort in one replication.
func cohortKey(replication uint64, c *cohort) uint64 { return keyed.Mix(replication ^ c.key) }

// Stream is the random numbers of something that is drawn once in a replication
// rather than for a child, such as an uncertain input. They depend on its name
// alone, beside seed and replication, so that another stream disturbs nothing.
type Stream uint64

// NewStream returns the stream with a name.
func NewStream(name string) Stream { return Stream(keyed.Purpose("input", name)) }

// Unit is the n-th number of a replication, counted from 0: above 0 and below 1.
func (s Stream) Unit(seed uint64, replication, n int) float64 {
	return keyed.Unit(keyed.Word(keyed.Member(keyed.Mix(keyed.Replication(seed, replication)^uint64(s)), n), uint64(s)))
}
