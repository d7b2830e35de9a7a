package montecarlo

import (
	"fmt"
	"slices"
	"strings"
)

// Engine is a way to live a child's life. All engines follow the same law; Jump
// and Walk give the same lives, to the week.
type Engine int

// The engines.
const (
	Jump  Engine = iota // one random word per move; the default
	Walk                // the same words, week by week: the reference for Jump
	Plain               // one random number per child-week: the textbook engine
)

var engineNames = []string{"jump", "walk", "plain"}

// String returns the engine's name.
func (e Engine) String() string {
	if e < 0 || int(e) >= len(engineNames) {
		return fmt.Sprintf("unknown (%d)", int(e))
	}
	return engineNames[e]
}

// MarshalText writes the engine's name.
func (e Engine) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads an engine's name; the error lists the valid ones.
func (e *Engine) UnmarshalText(text []byte) error {
	i := slices.Index(engineNames, string(text))
	if i < 0 {
		return fmt.Errorf("%q is no engine: write one of %s", text, strings.Join(engineNames, ", "))
	}
	*e = Engine(i)
	return nil
}

func (e Engine) lives() func(*simulator, *cohort, *child) {
	switch e {
	case Walk:
		return walk
	case Plain:
		return plain
	default:
		return jump
	}
}
