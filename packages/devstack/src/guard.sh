# Keeps the promise that no server outlives its owner. Standard input is a pipe that only the owner holds open:
#   +PID SIGNAL   from here on, PID is to be ended when the owner is gone; answered by one line
#   -PID          it has exited
#   !FOLDER       remove FOLDER when the owner is gone
# At the end of input, however the owner died, each remaining process gets its signal, and SIGKILL 5 s later.
processes=
folders=
newline='
'
while read -r line; do
  case $line in
    +*)
      processes="$processes ${line#+}"
      echo ok
      ;;
    -*)
      set -- $processes
      processes=
      while [ $# -ge 2 ]; do
        [ "$1" = "${line#-}" ] || processes="$processes $1 $2"
        shift 2
      done
      ;;
    !*)
      folders="$folders${line#!}$newline"
      echo ok
      ;;
  esac
done

alive() {
  set -- $processes
  while [ $# -ge 2 ]; do
    kill -0 "$1" 2>/dev/null && return 0
    shift 2
  done
  return 1
}

set -- $processes
while [ $# -ge 2 ]; do
  kill -"$2" "$1" 2>/dev/null
  kill -CONT "$1" 2>/dev/null
  shift 2
done
rounds=0
while alive && [ $rounds -lt 50 ]; do
  sleep 0.1
  rounds=$((rounds + 1))
done
set -- $processes
while [ $# -ge 2 ]; do
  kill -KILL "$1" 2>/dev/null
  shift 2
done
printf '%s' "$folders" | while read -r folder; do
  rm -rf -- "$folder"
done
