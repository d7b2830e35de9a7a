package main

import (
	"fmt"
	"os"
	"time"

	"golang.org/x/term"
)

// progressTo shows the share done on one line, at most ten times a second, with how long
// the rest of a long run will take, and takes the line away at the end.
func progressTo(to *streams) func(done, total int) {
	var began, shown time.Time
	first, last := 0, 0 // replications done when it began, and when it was told last
	return func(done, total int) {
		if began.IsZero() || done < last { // another run
			began, first = time.Now(), done
		}
		last = done
		if done < total && time.Since(shown) < 100*time.Millisecond {
			return
		}
		shown = time.Now()
		if done == total {
			fmt.Fprint(to.err, clearLine)
			return
		}
		fmt.Fprintf(to.err, "%s%3d%% of %d replications%s", clearLine, 100*done/total, total, left(time.Since(began), done-first, total-done))
	}
}

// left says how long the rest takes at the pace of what is done, if that is long.
func left(took time.Duration, done, rest int) string {
	if done == 0 {
		return ""
	}
	switch seconds := took.Seconds() * float64(rest) / float64(done); {
	case seconds < 10:
		return ""
	case seconds < 90:
		return fmt.Sprintf(", about %.0f seconds more", seconds)
	default:
		return fmt.Sprintf(", about %.0f minutes more", seconds/60)
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
