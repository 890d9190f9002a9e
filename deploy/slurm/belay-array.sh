#!/bin/sh
#SBATCH --job-name=belay
#SBATCH --array=1-8
#SBATCH --cpus-per-task=1
#SBATCH --mem=1G
#SBATCH --time=01:00:00
# One task of the array takes one shard. SHARDS is said here, and not taken from the array: `sbatch --array=3,5 …` does
# two shards again, and they are still two of eight.
set -eu
SHARDS=${SHARDS:-8}
BELAY=${BELAY:-/opt/belay/belay}
PLAYBOOKS=${PLAYBOOKS:-$PWD}
RESULTS=${RESULTS:-$PWD/results}

index=${SLURM_ARRAY_TASK_ID:?this is for sbatch, which sets it}
if [ "$index" -lt 1 ] || [ "$index" -gt "$SHARDS" ]; then
  echo "task $index of the array is none of $SHARDS shards" >&2
  exit 1
fi
mkdir -p -- "$RESULTS"
exec "$BELAY" run "$PLAYBOOKS/site.yml" -i "$PLAYBOOKS/inventory" --shard "$index/$SHARDS" --json "$RESULTS/$index.json"
