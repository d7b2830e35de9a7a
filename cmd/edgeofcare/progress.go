package main

import (
	"fmt"
	"os"
	"time"

	"golang.org/x/term"
)

// progressTo shows the share done on one line, at most ten times a second, and
// takes the line away at the end.
func progressTo(to *streams) func(done, total int) {
	var shown time.Time
	return func(done, total int) {
		if done < total && time.Since(shown) < 100*time.Millisecond {
			return
		}
		shown = time.Now()
		if done == total {
			fmt.Fprint(to.err, clearLine)
			return
		}
		fmt.Fprintf(to.err, "\r%3d%% of %d replications", 100*done/total, total)
	}
}

// clearLine takes away what stands in the line of the cursor.
const clearLine = "\r\033[K"

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// widthOf is the width of a terminal in characters; 0 for anything else.
func widthOf(f *os.File) int {
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}
