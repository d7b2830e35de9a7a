package contract

import "github.com/edgeofcare/edgeofcare/internal/enum"

// Interruption says what happens to a child's claim when the outcome is
// interrupted.
type Interruption int

// The two readings. DN2 is modelled with Ends.
const (
	Ends   Interruption = iota // nothing is paid after the first interruption
	Pauses                     // weeks back in a payable state are paid again
)

var interruptionNames = []string{"ends", "pauses"}

// String returns "ends" or "pauses".
func (i Interruption) String() string { return enum.Name(i, interruptionNames) }

// MarshalText writes the word.
func (i Interruption) MarshalText() ([]byte, error) {
	return enum.Marshal(i, interruptionNames, "interruption")
}

// UnmarshalText reads the word; the error lists the valid ones.
func (i *Interruption) UnmarshalText(text []byte) error {
	return enum.Unmarshal(i, text, interruptionNames, "interruption")
}
