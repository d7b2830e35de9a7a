package lives

import "github.com/edgeofcare/edgeofcare/internal/enum"

// Engine is a way to simulate the life of a child. All engines follow the same
// law; Jump and Walk give the same lives, to the week. The zero value is Jump.
type Engine int

// The engines.
const (
	Jump  Engine = iota // one random word per move; the default
	Walk                // the same words, week by week: the reference for Jump
	Plain               // one random number per child-week: the textbook engine
)

var engineNames = []string{"jump", "walk", "plain"}

// String returns the engine's name.
func (e Engine) String() string { return enum.Name(e, engineNames) }

// MarshalText writes the engine's name.
func (e Engine) MarshalText() ([]byte, error) { return enum.Marshal(e, engineNames, "engine") }

// UnmarshalText reads an engine's name; the error lists the valid ones.
func (e *Engine) UnmarshalText(text []byte) error {
	return enum.Unmarshal(e, text, engineNames, "engine")
}

// function returns what fills in the lives of a child.
func (e Engine) function() func(*Simulator, *cohort, *child) {
	switch e {
	case Walk:
		return walk
	case Plain:
		return plain
	default:
		return jump
	}
}
