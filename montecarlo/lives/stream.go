package lives

import "hash/fnv"

// Every random number of a run is a 64-bit word that depends only on what it
// is for: (seed, replication, cohort, child, purpose, visit). Nothing is drawn
// in sequence, so the arms share random numbers where they share history, and
// adding a worker, a case or a cohort disturbs nothing. A planned state uses the
// stream of its parent, so that a programme which changes no rate changes no
// life.

// golden is 2^64 divided by the golden ratio, made odd: multiples of it are
// spread evenly over 64 bits.
const golden = 0x9E3779B97F4A7C15

// mix scrambles 64 bits so that every bit of the result depends on every bit
// of x. It is a bijection: the finaliser of SplitMix64 (Steele, Lea and Flood,
// "Fast splittable pseudorandom number generators", OOPSLA 2014).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// purpose is the key of a word's use: a name, so that it does not depend on
// the order in which anything is listed.
func purpose(kind, name string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(kind))
	h.Write([]byte{0})
	h.Write([]byte(name))
	return mix(h.Sum64())
}

// replicationKey is the first stage of a word's key.
func replicationKey(seed uint64, replication int) uint64 {
	return mix(mix(seed+golden) + uint64(replication)*golden)
}

// cohortKey is the second stage: one cohort in one replication.
func cohortKey(replication uint64, c *cohort) uint64 { return mix(replication ^ c.key) }

// childKey is the third stage: one child of one cohort in one replication.
func childKey(cohort uint64, child int) uint64 { return mix(cohort + uint64(child+1)*golden) }

// word is the last stage.
func word(child, purpose uint64) uint64 { return mix(child ^ purpose) }

// unit turns a word into a number strictly between 0 and 1.
func unit(w uint64) float64 { return (float64(w>>12) + 0.5) * 0x1p-52 }

// Stream is the random numbers of something that is drawn once in a replication
// rather than for a child, such as an uncertain input. They depend on its name
// alone, beside seed and replication, so that another stream disturbs nothing.
type Stream uint64

// NewStream returns the stream with a name.
func NewStream(name string) Stream { return Stream(purpose("input", name)) }

// Unit is the n-th number of a replication, counted from 0: above 0 and below 1.
func (s Stream) Unit(seed uint64, replication, n int) float64 {
	return unit(word(childKey(mix(replicationKey(seed, replication)^uint64(s)), n), uint64(s)))
}
