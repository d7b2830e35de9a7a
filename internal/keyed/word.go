package keyed

import "hash/fnv"

// Golden is 2^64 divided by the golden ratio, made odd: multiples of it are
// spread evenly over 64 bits.
const Golden = 0x9E3779B97F4A7C15

// Mix scrambles 64 bits so that every bit of the result depends on every bit
// of x. It is a bijection: the finaliser of SplitMix64 (Steele, Lea and Flood,
// "Fast splittable pseudorandom number generators", OOPSLA 2014).
func Mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// Purpose is the key of a word's use: a name, so that it does not depend on
// the order in which anything is listed.
func Purpose(kind, name string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(kind))
	h.Write([]byte{0})
	h.Write([]byte(name))
	return Mix(h.Sum64())
}

// Replication is the first stage of a key: one replication under a seed.
func Replication(seed uint64, replication int) uint64 {
	return Mix(Mix(seed+Golden) + uint64(replication)*Golden)
}

// Member is a later stage: the n-th, from 0, of those whose key is given.
func Member(key uint64, n int) uint64 { return Mix(key + uint64(n+1)*Golden) }

// Word is the last stage.
func Word(key, purpose uint64) uint64 { return Mix(key ^ purpose) }

// Unit turns a word into a number strictly between 0 and 1.
func Unit(w uint64) float64 { return (float64(int64(w>>12)) + 0.5) * 0x1p-52 }
